// Content as it is compared (invariant 3): its RFC 8785 form, and the SHA-256 of that.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

export const canonicalForm = (event: unknown): string => canonicalize(event) ?? '';

/** Base64url. */
export const contentDigest = (event: unknown): string => createHash('sha256').update(canonicalForm(event)).digest('base64url');
