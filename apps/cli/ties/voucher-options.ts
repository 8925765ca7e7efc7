// Who vouches: an agency, by its key over HTTP; or the partnership's data manager, on the broker's data directory.
import { misuse } from '../complaint.ts';

export interface VoucherOptions {
  readonly agency?: string;
  readonly key?: string;
  readonly url?: string;
  readonly dataManager?: true;
}

export interface AgencyOptions {
  readonly agency: string;
  /** File of its private signing key. */
  readonly key: string;
  readonly url?: string;
}

/** The agency; undefined: it is the data manager. */
export const agencyIn = ({ agency, key, url, dataManager }: VoucherOptions): AgencyOptions | undefined => {
  if (dataManager) {
    if ((agency ?? key ?? url) !== undefined)
      throw misuse('--data-manager works on the data directory: leave out --agency, --key and --url.');
    return undefined;
  }
  if (agency === undefined || key === undefined)
    throw misuse("Say who you are: --agency <slug> with --key <file>, or --data-manager on the broker's machine.");
  return { agency, key, ...(url === undefined ? {} : { url }) };
};
