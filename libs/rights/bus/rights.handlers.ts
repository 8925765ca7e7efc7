// What the operator does for a learner's rights, as commands.
import { Command } from '#bus';
import { handling } from '#bus/nest';
import { eraseLearner, type ErasureDone, type ErasureParts, type ToErase } from '../erase-learner.ts';

export class EraseLearner extends Command<ToErase, ErasureDone> {}

export const ERASURE_PARTS = Symbol('ErasureParts');

export const rightsHandlers = [handling(EraseLearner, ERASURE_PARTS, (parts: ErasureParts, asked) => eraseLearner(parts, asked))];
