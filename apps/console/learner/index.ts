import { ActsController } from './acts.controller.ts';
import { KeepingController } from './keeping.controller.ts';
import { OwnRecordController } from './own-record.controller.ts';
import { SafetyController } from './safety.controller.ts';
import { SharingController } from './sharing.controller.ts';
import { WritingController } from './writing.controller.ts';

export const LEARNER_PAGES = [
  OwnRecordController,
  KeepingController,
  SafetyController,
  SharingController,
  WritingController,
  ActsController,
];
