// The pages of the data manager.
import type { Type } from '@nestjs/common';
import { IssuesController } from './issues.controller.ts';
import { QueuesController } from './queues.controller.ts';
import { UndoController } from './undo.controller.ts';

export const DATA_MANAGER_PAGES: readonly Type[] = [QueuesController, UndoController, IssuesController];
