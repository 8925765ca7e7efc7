// The OpenAPI 3.1 document. Written by hand, in parts: what a message is, which problems an answer may hold and what an item of an answer
// means stand in no decorator. test/journeys/api-docs.int.spec.ts holds it against the routes and answers of a running broker.
import type { Catalogue } from '#catalogue';
import { accessPaths, accessSchemas } from './access-paths.ts';
import { completenessPath, completenessSchemas } from './completeness-path.ts';
import { auditPaths, auditSchemas } from './audit-paths.ts';
import { figuresPaths, figureSchemas } from './figures-paths.ts';
import { proposalSchemas, proposalsPaths } from './proposals-paths.ts';
import { simulationPaths, simulationSchemas } from './simulation-paths.ts';
import { documentSchemas, documentsPaths } from './documents-paths.ts';
import { eventSchemas } from './event-schemas.ts';
import { eventsPath } from './events-path.ts';
import { learnerSchemas } from './learner-schemas.ts';
import { learnersPaths } from './learners-paths.ts';
import { agenciesPath, agenciesSchemas } from './agencies-path.ts';
import { agreementSchemas, agreementsPaths } from './agreements-paths.ts';
import { listsPaths } from './lists-paths.ts';
import { listSchemas } from './lists-schemas.ts';
import { withMinPosition } from './min-position.ts';
import { noticeSchemas, noticesPath } from './notices-path.ts';
import type { OpenApiDocument } from './openapi.ts';
import { prospectusPaths, prospectusSchemas } from './prospectus-path.ts';
import { ownFeedPath, ownFeedSchemas } from './own-feed-path.ts';
import { ownPaths, ownSchemas } from './own-paths.ts';
import { receiptSchemas } from './receipt-schemas.ts';
import { sessionPaths, sessionSchemas } from './session-paths.ts';
import { servicePaths, serviceSchemas } from './service-paths.ts';
import { checklistPath, checklistSchemas } from './checklist-path.ts';
import { oversightPaths } from './oversight-paths.ts';
import { oversightSchemas } from './oversight-schemas.ts';
import { questionPaths, questionSchemas } from './questions-paths.ts';
import { unusualPaths, unusualSchemas } from './unusual-paths.ts';
import { reportSchemas, reportsPaths } from './reports-paths.ts';
import { dataQualityPaths, dataQualitySchemas } from './data-quality-paths.ts';
import { tieSchemas, tiesPath } from './ties-path.ts';
import { looksByDayPaths, looksByDaySchemas } from './looks-by-day-path.ts';
import { whyPaths, whySchemas } from './why-paths.ts';

/** That of package.json. */
export const API_VERSION = '0.1.0';

const DESCRIPTION = `Agencies around a young person send signed learner events, and ask what they may know. The broker checks signature, protocol and
consent, records each event once, and shows every partner exactly the part that it may see, now, for the purpose that it names.
Every problem is RFC 9457 problem details with a stable \`code\`. A path asked with a method that is not described here answers 405 with \`Allow\`.`;

const TAGS = [
  { name: 'events', description: 'What agencies tell.' },
  { name: 'learners', description: 'What agencies may know about one learner.' },
  { name: 'lists', description: 'What agencies may know about many learners, page by page.' },
  { name: 'oversight', description: 'Who saw what, for data protection officers and for the learner.' },
  { name: 'own record', description: 'What learners may know about their own record.' },
  { name: 'data quality', description: 'What the data manager does before lists are handed round.' },
  { name: 'access', description: 'Tokens for queries.' },
  { name: 'service', description: 'Health, figures and this document; no token is needed.' },
];

const BEARER = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description:
    'An access token of /oauth/token (or of the external issuer that the operator configured): five minutes, bound to this broker.',
};

export interface Described {
  readonly catalogue: Catalogue;
  /** Ids of the purposes of the protocols in force. */
  readonly purposes: readonly string[];
}

export const openApiDocument = ({ catalogue, purposes }: Described): OpenApiDocument => ({
  openapi: '3.1.1',
  info: { title: 'Concordat', version: API_VERSION, description: DESCRIPTION, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
  servers: [{ url: '/', description: 'The broker that serves this document.' }],
  tags: TAGS,
  paths: withMinPosition({
    ...eventsPath,
    ...learnersPaths(purposes),
    ...documentsPaths(purposes),
    ...listsPaths(purposes),
    ...agenciesPath,
    ...agreementsPaths,
    ...proposalsPaths,
    ...noticesPath,
    ...reportsPaths,
    ...tiesPath,
    ...auditPaths,
    ...oversightPaths,
    ...questionPaths,
    ...whyPaths,
    ...looksByDayPaths,
    ...figuresPaths,
    ...unusualPaths,
    ...completenessPath,
    ...simulationPaths,
    ...ownPaths,
    ...ownFeedPath,
    ...sessionPaths,
    ...checklistPath,
    ...prospectusPaths,
    ...dataQualityPaths,
    ...accessPaths,
    ...servicePaths,
  }),
  components: {
    schemas: {
      ...receiptSchemas,
      ...learnerSchemas,
      ...documentSchemas,
      ...listSchemas,
      ...agenciesSchemas,
      ...agreementSchemas,
      ...proposalSchemas,
      ...noticeSchemas,
      ...reportSchemas,
      ...tieSchemas,
      ...auditSchemas,
      ...oversightSchemas,
      ...questionSchemas,
      ...whySchemas,
      ...looksByDaySchemas,
      ...figureSchemas,
      ...unusualSchemas,
      ...completenessSchemas,
      ...simulationSchemas,
      ...ownSchemas,
      ...ownFeedSchemas,
      ...sessionSchemas,
      ...checklistSchemas,
      ...prospectusSchemas,
      ...dataQualitySchemas,
      ...accessSchemas,
      ...serviceSchemas,
      ...eventSchemas(catalogue),
    },
    securitySchemes: { bearer: BEARER },
  },
});
