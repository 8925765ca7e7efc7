export * from './csv-line.ts';
export * from './strict-json.ts';
export * from './text-file.ts';
