// Pages of planners, funders and providers' managers.
import type { Type } from '@nestjs/common';
import { PlanController } from './plan.controller.ts';

export const PLAN_PAGES: readonly Type[] = [PlanController];
