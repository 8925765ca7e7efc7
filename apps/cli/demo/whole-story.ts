// All chapters, and the learners whom the demo's first commands are about.
import type { IsoDate } from '#kernel';
import { tellAskedOfProvider } from './chapters/asked-of-provider.ts';
import { tellTrouble, tellLooks } from './chapters/everyday-trouble.ts';
import { tellOtherWaysIn } from './chapters/other-ways-in.ts';
import { tellHandover } from './chapters/handover.ts';
import { type KafkaChapter, kafkaChapter } from './chapters/over-kafka.ts';
import { tellOwnPage } from './chapters/own-page.ts';
import { tellPlanning } from './chapters/planning.ts';
import { tellProgrammes } from './chapters/programmes.ts';
import { tellSchoolLeavers } from './chapters/school-leavers.ts';
import { tellYouthJustice } from './chapters/youth-justice.ts';
import { tellVoices } from './chapters/voices.ts';
import type { Slug } from './cast.ts';
import { Story, type Step } from './story.ts';
import type { Tale } from './tale.ts';

/** A query that shows what the broker does. */
export interface Example {
  readonly by: Slug;
  readonly ref: string;
  readonly purposes: readonly string[];
}

export interface WholeStory {
  /** In the order of time. */
  readonly steps: readonly Step[];
  /** On programme, with consent: a passport with the items of others. */
  readonly permitted: Example;
  /** The college knows the learner by an application alone: not for this purpose. */
  readonly refused: Example;
  /** What is told last, over Kafka, where there is one. */
  readonly overKafka: KafkaChapter;
}

/** The same for the same first day. */
export const wholeStory = (firstDay: IsoDate): WholeStory => {
  const story = new Story(firstDay);
  tellPlanning(story);
  const programmes = tellProgrammes(story);
  const leavers = tellSchoolLeavers(story);
  tellHandover(programmes);
  tellVoices(programmes);
  tellYouthJustice(story);
  tellOtherWaysIn(story);
  tellOwnPage(story);
  tellTrouble(story, programmes);
  tellLooks(story, programmes);
  tellAskedOfProvider(story, programmes);
  const [enrolled, applicant] = [programmes[0], leavers.find(({ person }) => person.givenName === 'Samir')] as [Tale, Tale];
  return {
    steps: story.steps(),
    permitted: {
      by: 'black-country-training',
      ref: enrolled.refOf('black-country-training'),
      purposes: ['plan-learning', 'deliver-programme'],
    },
    refused: { by: 'wulfrun-college', ref: applicant.refOf('wulfrun-college'), purposes: ['plan-learning'] },
    overKafka: kafkaChapter(enrolled),
  };
};
