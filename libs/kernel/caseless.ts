/**
 * Equal for texts that differ in case alone (Unicode, full case folding): lower case is not enough, for `WEISS` is `Weiß`, and a sigma has
 * another form at the end of a word.
 */
export const caseless = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
