// Unique Learner Number: ten digits, the first not zero, the digits times 10…1 add up to 10 modulo 11.

const FORM = /^[1-9][0-9]{9}$/;

export const checkUln = (uln: string): boolean => {
  if (!FORM.test(uln)) return false;
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += (uln.charCodeAt(i) - 48) * (10 - i);
  return sum % 11 === 10;
};
