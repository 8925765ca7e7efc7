// The rules of whose word counts, each switched off in turn: a piece of one file's source text, and what stands there instead.
export interface Mutant {
  readonly rule: 'W1' | 'W2' | 'W3' | 'W4' | 'W5' | 'W6' | 'W7';
  readonly says: string;
  /** Below the root. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    rule: 'W1',
    says: 'whoever says something stands',
    file: 'libs/learners/ties/standing.ts',
    from: 'return isAppliedTo(standing, agency) ? PARTIAL : NONE;',
    to: 'return isAppliedTo(standing, agency) ? PARTIAL : FULL;',
  },
  {
    rule: 'W2',
    says: 'the word of whoever does not stand has effect',
    file: 'libs/learners/ties/standing.ts',
    from: 'return hasEffect(this.state.effects, source, revision, level) ||',
    to: 'return true || hasEffect(this.state.effects, source, revision, level) ||',
  },
  {
    rule: 'W2',
    says: 'what others said is looked up for whoever does not stand',
    file: 'libs/admission/learner-rules.ts',
    from: 'levelOf(standing, agency) !== NONE &&',
    to: 'true ||',
  },
  {
    rule: 'W3',
    says: 'a programme needs no voucher',
    file: 'libs/learners/ties/vouching.ts',
    from: 'enrolments.some((one) => isVouchedFor(standing, one)))',
    to: 'enrolments.some(() => true))',
  },
  {
    rule: 'W3',
    says: 'whoever is named to deliver a programme needs no enrolment that counts',
    file: 'libs/learners/ties/vouching.ts',
    from: "(isVouchedFor(standing, one) || isConfirmed(standing, one.source, 'enrolled-with')),",
    to: 'one.source !== agency,',
  },
  {
    rule: 'W3',
    says: 'an adviser needs no ground',
    file: 'libs/learners/ties/relationships.ts',
    from: 'GROUNDS.some((holds) => holds(standing, source))',
    to: 'GROUNDS.length > 0 && source !== undefined && standing !== undefined',
  },
  {
    rule: 'W4',
    says: "anybody's postcode moves the learner, to itself too",
    file: 'libs/learners/ties/standing.ts',
    from: "one.postcode !== '' && this.#moves(one)",
    to: "one.postcode !== ''",
  },
  {
    rule: 'W5',
    says: 'anybody gives and withdraws, restricts and lifts',
    file: 'libs/learner-file/file-standing.ts',
    from: 'counts: (said) => standing.counts(said, FULL),',
    to: 'counts: () => true,',
  },
  {
    rule: 'W6',
    says: 'anybody vouches for a tie',
    file: 'libs/learners/ties/vouching.ts',
    from: 'confirms(standing, one, relationship) && standing.counts(one, FULL)',
    to: 'confirms(standing, one, relationship)',
  },
  {
    rule: 'W7',
    says: 'the same number is the same person',
    file: 'libs/learners/registration.decide.ts',
    from: 'candidates.filter(({ standing }) => isMeant(standing, source, data))',
    to: 'candidates.filter(({ standing }) => isMeant(standing, source, data) || true)',
  },
];
