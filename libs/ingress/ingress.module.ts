import { Module } from '@nestjs/common';
import { EventsController } from './http/events.controller.ts';
import { TokenController } from './http/token.controller.ts';
import { ingressHandlers } from './intake.ts';

/** Needs `Intake`, `UseCases`, `ReceiptSigner`, `BearerTokens`, `RateLimits` and `AccessService` from the composition root. */
@Module({ controllers: [EventsController, TokenController], providers: ingressHandlers })
export class IngressModule {}
