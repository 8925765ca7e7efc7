import { Module } from '@nestjs/common';
import { AskAboutLearnerHandler } from './egress.handlers.ts';
import { LearnersController } from './http/learners.controller.ts';
import { NoticesController } from './http/notices.controller.ts';
import { AskForNoticesHandler } from './notices.handlers.ts';

/** Needs `Gate`, `OpenNotices`, `PageCursors`, `Registers`, `BearerTokens`, `CLOCK`, `HEAD` and `VIEWS` from the composition root. */
@Module({ controllers: [LearnersController, NoticesController], providers: [AskAboutLearnerHandler, AskForNoticesHandler] })
export class EgressModule {}
