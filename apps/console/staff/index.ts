// Pages of partners' staff.
import type { Type } from '@nestjs/common';
import { HomeController } from './home.controller.ts';
import { LearnersController } from './learners.controller.ts';
import { ListsController } from './lists.controller.ts';

export const STAFF_PAGES: readonly Type[] = [HomeController, ListsController, LearnersController];
