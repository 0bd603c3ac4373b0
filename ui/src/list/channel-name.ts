/** What a business number is called: SMS lines say that they are none of WhatsApp's. */
import { plainLine } from '../chat/plain';
import type { ChannelRow } from '../host/generated/ChannelRow';
import { strings } from '../strings/en';

export function channelName({ id, kind, number }: ChannelRow): string {
  const name = number === null ? strings.list.unnamedChannel(id) : plainLine(number);
  return kind === 'sms' ? strings.list.smsChannel(name) : name;
}
