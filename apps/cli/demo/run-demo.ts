// `concordat demo`: made where it is missing, then served until it is stopped.
import { resolve } from 'node:path';
import { parseConfig } from '../../broker/config.ts';
import { serve } from '../../broker/serve.ts';
import { localUrl } from '../broker-address.ts';
import type { Context } from '../context.ts';
import { demoDirectory } from '../data-directory.ts';
import { makeDemo } from './make-demo.ts';
import { tellOverKafka } from './tell-over-kafka.ts';
import { figuresOf, welcomeLines } from './welcome.ts';
import { wholeStory } from './whole-story.ts';

export const runDemo = async (context: Context): Promise<void> => {
  const { terminal, environment } = context;
  const data = resolve(demoDirectory(environment));
  const config = parseConfig({ ...environment, CONCORDAT_DATA: data });
  const { firstDay, keys, surprises } = await makeDemo(config, terminal);
  for (const { event, expected, outcome } of surprises) terminal.note(`  ${event} came out ${outcome} instead of ${expected}`);
  const { node, server } = await serve(config, () => undefined);
  const url = server.url;
  const usual = url === localUrl({ environment: {} }) && data === resolve(demoDirectory({}));
  const story = wholeStory(firstDay);
  terminal.lines(welcomeLines({ url, data, keys, usual }, await figuresOf(node), story));
  if (config.kafkaBrokers !== undefined) terminal.lines(await tellOverKafka(context, { url, keys, chapter: story.overKafka }));
};
