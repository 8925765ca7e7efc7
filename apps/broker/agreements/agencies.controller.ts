// Who takes part, by name: pages and learners are told slugs, and people know agencies by their names. Nothing in it is personal.
import { Controller, Get, Inject } from '@nestjs/common';
import { ListAgencies } from '#agencies/bus';
import { UseCases } from '#bus/nest';

@Controller('v1/agencies')
export class AgenciesController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  /** Those that take part today, by slug. That another one was stopped, and why, is not told. */
  @Get()
  async agencies(): Promise<unknown> {
    const listed = await this.#useCases.run(new ListAgencies({}), 'http');
    const taking = listed
      .filter(({ state }) => state === 'taking-part')
      .map(({ agency: { slug, name, roles } }) => ({ slug, name, roles }));
    return { agencies: taking.sort((one, other) => (one.slug < other.slug ? -1 : 1)) };
  }
}
