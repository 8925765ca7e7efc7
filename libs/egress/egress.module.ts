import { Module } from '@nestjs/common';
import { AskAboutLearnerHandler } from './egress.handlers.ts';
import { LearnersController } from './http/learners.controller.ts';

/** Needs `Gate`, `PageCursors`, `Registers`, `BearerTokens`, `CLOCK` and `HEAD` from the composition root. */
@Module({ controllers: [LearnersController], providers: [AskAboutLearnerHandler] })
export class EgressModule {}
