// The one page of the demo's issuer: whom to sign in as.
import type { ServerResponse } from 'node:http';
import type { DemoPerson } from './demo-people.ts';

const STYLE =
  'body{font:19px/1.4 Arial,Helvetica,sans-serif;max-width:44em;margin:2em auto;padding:0 1em;color:#0b0c0c}' +
  'button{font:inherit;padding:.5em 1em;min-width:12em;text-align:left;cursor:pointer}li{margin:.5em 0}ul{list-style:none;padding:0}';
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => ESCAPES[one] ?? one);

const entry = ({ id, name, says }: DemoPerson): string =>
  `<li><button name="person" value="${escaped(id)}">${escaped(name)}</button> ${escaped(says)}</li>`;

export const choosePage = (response: ServerResponse, people: readonly DemoPerson[]): void =>
  void response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    })
    .end(
      `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Sign in to the demo</title>` +
        `<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>` +
        `<body><main><h1>Sign in to the demo as</h1><p>All of them are made up, and none has a password.</p>` +
        `<form method="post"><ul>${people.map(entry).join('')}</ul></form></main></body></html>`,
    );
