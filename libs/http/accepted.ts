// Which of two forms of an answer somebody asks for (RFC 9110 section 12.5.1).

interface Range {
  readonly type: string;
  readonly quality: number;
}

const rangeOf = (element: string): Range => {
  const [type = '', ...parameters] = element.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.flatMap((parameter) => /^q\s*=\s*([\d.]+)$/.exec(parameter)?.[1] ?? [])[0];
  return { type, quality: quality === undefined ? 1 : Number(quality) };
};

/** Whether `special` is named, and no less wanted than the `usual` form, which everybody gets who does not name it. */
export const prefers = (accept: string, special: string, usual: string): boolean => {
  const ranges = accept.split(',').map(rangeOf);
  const wanted = (type: string): number => ranges.find((range) => range.type === type)?.quality ?? 0;
  return wanted(special) > 0 && wanted(special) >= wanted(usual);
};
