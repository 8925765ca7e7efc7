export * from './strict-json.ts';
export * from './text-file.ts';
export * from './utf8-text.ts';
