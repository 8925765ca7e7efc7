// What a Kafka for tests needs: Java, and the jars that pom.xml names, fetched once by Maven and kept beside the packages.
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const pom = fileURLToPath(new URL('pom.xml', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/concordat-kafka/', import.meta.url));
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
/** Kafka 4 asks for it. */
const LEAST_JAVA = 17;

/** No Kafka can be had on this machine; the message says what to do. */
export class NoKafka extends Error {
  override readonly name = 'NoKafka';
}

/** Another pom gets another folder, so that no jar of an older Kafka is left on the path. */
const folder = (): string => join(cache, createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12));

const javaVersion = (): number => {
  const { stderr = '' } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
};

/** Why Kafka cannot be run here; `undefined`: it can. */
export const whyNoKafka = (): string | undefined => {
  if (javaVersion() < LEAST_JAVA) return `Java ${LEAST_JAVA} or newer is not installed`;
  if (existsSync(folder())) return undefined;
  return spawnSync('mvn', ['--version']).status === 0 ? undefined : 'Maven, which fetches Kafka, is not installed';
};

/** The class path. Throws `NoKafka`. */
export const kafkaJars = async (): Promise<string> => {
  const why = whyNoKafka();
  if (why !== undefined) throw new NoKafka(`Kafka cannot be run here: ${why}. Or set KAFKA_BROKERS to a cluster for tests.`);
  const jars = folder();
  if (!existsSync(jars)) await fetchInto(jars);
  return join(jars, '*');
};

/** Several processes may do so at once: the first that is done wins. */
const fetchInto = async (jars: string): Promise<void> => {
  const fetched = `${jars}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  try {
    await run('mvn', ['--quiet', '--batch-mode', '--file', pom, COPY, '-DincludeScope=runtime', `-DoutputDirectory=${fetched}`]);
    if (!existsSync(jars)) renameSync(fetched, jars);
  } catch (cause) {
    if (!existsSync(jars)) throw new NoKafka('Kafka cannot be run here: Maven could not fetch it.', { cause });
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
};
