// Names of files and folders: kebab-case, and none that says nothing.
import { relative, sep } from 'node:path';

const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;
const empty = /(?:^|[-.])(?:utils?|commons?|helpers?|misc)(?:[-.]|$)/;

const fileNames = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      kebab: '"{{part}}" is not kebab-case.',
      empty: '"{{part}}" does not say what is inside: name it after what it does.',
    },
  },
  create: (context) => ({
    Program(node) {
      for (const part of relative(context.cwd, context.filename).split(sep)) {
        if (!kebab.test(part)) context.report({ node, messageId: 'kebab', data: { part } });
        if (empty.test(part)) context.report({ node, messageId: 'empty', data: { part } });
      }
    },
  }),
};

export default { rules: { 'file-names': fileNames } };
