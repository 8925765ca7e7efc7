// Which rules about unusual access are asked.
import { IsOptional, Matches } from 'class-validator';
import { ACCESS_RULES, type AccessRule } from '#read-models';
import { ListSettings } from './list-settings.ts';
import { Setting } from './setting.ts';

const RULES = Object.keys(ACCESS_RULES) as readonly AccessRule[];
const ONE = `(?:${RULES.join('|')})`;

export abstract class AccessSettings extends ListSettings {
  @Setting('CONCORDAT_ACCESS_RULES_OFF', `rules about unusual access that are not asked, with commas between: ${RULES.join(', ')}`)
  @IsOptional()
  @Matches(new RegExp(`^${ONE}(?:,${ONE})*$`), { message: `accessRulesOff must be of ${RULES.join(', ')}, with commas between` })
  accessRulesOff?: string;

  get rulesOff(): readonly AccessRule[] {
    return RULES.filter((rule) => this.accessRulesOff?.split(',').includes(rule));
  }
}
