// `concordat demo`: made where it is missing, then served until it is stopped.
import { resolve } from 'node:path';
import { parseConfig } from '../../broker/config.ts';
import { serve } from '../../broker/serve.ts';
import { localUrl } from '../broker-address.ts';
import type { Context } from '../context.ts';
import { demoDirectory } from '../data-directory.ts';
import { makeDemo } from './make-demo.ts';
import { tellOverKafka } from './tell-over-kafka.ts';
import { DemoIssuer } from './sign-in/demo-issuer.ts';
import { demoPeople } from './sign-in/demo-people.ts';
import { openPages } from './sign-in/open-pages.ts';
import { figuresOf, pagesLines, welcomeLines } from './welcome.ts';
import { wholeStory } from './whole-story.ts';

/** Ports of the console and its issuer follow the broker's; where that is any, so are theirs. */
const beside = (port: number, place: number): number => (port === 0 ? 0 : port + place);

export const runDemo = async (context: Context): Promise<void> => {
  const { terminal, environment } = context;
  const data = resolve(demoDirectory(environment));
  const settings = { ...environment, CONCORDAT_DATA: data };
  const { firstDay, keys, surprises } = await makeDemo(parseConfig(settings), terminal);
  for (const { event, expected, outcome } of surprises) terminal.note(`  ${event} came out ${outcome} instead of ${expected}`);
  const { port } = parseConfig(settings);
  const issuer = await DemoIssuer.listen(Number(environment['CONSOLE_ISSUER_PORT'] || beside(port, 2)));
  const config = parseConfig({ ...settings, ...issuer.brokerSettings });
  const { node, server } = await serve(config, () => undefined);
  const url = server.url;
  const usual = url === localUrl({ environment: {} }) && data === resolve(demoDirectory({}));
  const story = wholeStory(firstDay);
  const people = await demoPeople(node);
  const audience = node.config.issuerUrl;
  const console = await openPages(issuer, { people, audience, url, keys }, { CONSOLE_PORT: String(beside(port, 1)), ...environment });
  terminal.lines(welcomeLines({ url, data, keys, usual }, await figuresOf(node), story));
  terminal.lines(pagesLines(console.url, people));
  if (config.kafkaBrokers !== undefined) terminal.lines(await tellOverKafka(context, { url, keys, chapter: story.overKafka }));
};
