// What an orchestrator asks: does the process answer, and may it be given work? No token is needed, and nothing personal is told.
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { Problem } from '#http';
import { ReadinessChecks, type Reason, type ViewProgress } from './readiness.ts';

export interface Live {
  readonly status: 'live';
}

export interface Ready {
  readonly status: 'ready';
  readonly position: string;
  readonly views: readonly ViewProgress[];
  readonly warnings: readonly Reason[];
}

@Controller('health')
export class HealthController {
  readonly #checks: ReadinessChecks;

  constructor(@Inject(ReadinessChecks) checks: ReadinessChecks) {
    this.#checks = checks;
  }

  @Get('live')
  @Header('cache-control', 'no-store')
  live(): Live {
    return { status: 'live' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(): Promise<Ready> {
    const { reasons, position, views, warnings } = await this.#checks.readiness();
    if (reasons.length === 0 && position !== undefined) return { status: 'ready', position, views, warnings };
    throw new Problem(503, 'not-ready', 'Send elsewhere for now: `reasons` says what is amiss.', {
      more: { reasons, views, warnings },
      headers: { 'retry-after': '1' },
    });
  }
}
