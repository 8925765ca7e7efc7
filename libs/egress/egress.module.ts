import { Module } from '@nestjs/common';
import { AskAboutLearnerHandler } from './egress.handlers.ts';
import { LearnersController } from './http/learners.controller.ts';
import { NoticesController } from './http/notices.controller.ts';
import { TiesController } from './http/ties.controller.ts';
import { AskForNoticesHandler } from './notices.handlers.ts';
import { AskForWaitingTiesHandler } from './ties.handlers.ts';

/**
 * Needs `Gate`, `OpenNotices`, `WaitingTies`, `PageCursors`, `Registers`, `BearerTokens`, `CLOCK`,
 * `HEAD` and `VIEWS` from the composition root.
 */
@Module({
  controllers: [LearnersController, NoticesController, TiesController],
  providers: [AskAboutLearnerHandler, AskForNoticesHandler, AskForWaitingTiesHandler],
})
export class EgressModule {}
