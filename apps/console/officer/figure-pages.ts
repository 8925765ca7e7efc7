// Officers' pages of figures and agreements: flows, unusual looks, and agreements with what they are used for.
import type { Type } from '@nestjs/common';
import { AgreementsController } from './agreements.controller.ts';
import { ProcessingController } from './processing.controller.ts';
import { RepeatsController } from './repeats.controller.ts';
import { FlowsController } from './flows.controller.ts';
import { UnusualController } from './unusual.controller.ts';

export const FIGURE_PAGES: readonly Type[] = [
  FlowsController,
  RepeatsController,
  UnusualController,
  AgreementsController,
  ProcessingController,
];
