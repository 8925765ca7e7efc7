export { onProgramme } from './on-programme.list.ts';
