export { MemoryQuarantine, type MemoryQuarantineOptions } from './memory-quarantine.ts';
export { QuarantineRoom } from './quarantine-room.ts';
