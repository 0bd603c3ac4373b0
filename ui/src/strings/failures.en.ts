/**
 * What an error code means for whoever answers customers. Only the code of an error is stable, its title and details are the
 * provider's own words; a code that is not here is shown with those instead. Source: Meta's page of error codes, read in
 * November 2026, and the webhook catalogue §4.2 for those that only older systems send.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
const reasons: ReadonlyMap<number, string> = new Map([
  [0, 'The sending system could not log in at WhatsApp.'],
  [190, 'The access token of the sending system has expired.'],
  [368, 'WhatsApp has blocked this business account for breaking its policies.'],
  [400, 'The file in this message could not be fetched, because too many were asked for in a short time.'],
  [501, 'WhatsApp does not pass on this kind of message, for example one that disappears.'],
  [1026, 'The recipient’s WhatsApp cannot receive this kind of message.'],
  [130429, 'Too many messages were sent from this number in a short time.'],
  [130472, 'WhatsApp holds back marketing messages from this recipient as part of an experiment.'],
  [130497, 'This business may not write to recipients in that country.'],
  [131000, 'Something went wrong at WhatsApp.'],
  [131005, 'The sending system lacks a permission.'],
  [131008, 'The sending system left out something that is required.'],
  [131009, 'The sending system sent a value that WhatsApp does not accept.'],
  [131016, 'WhatsApp was out of service for a while.'],
  [131021, 'Sender and recipient are the same number.'],
  [131026, 'The recipient cannot be reached: not on WhatsApp, an old version, or its terms not accepted.'],
  [131031, 'The business account is locked.'],
  [131037, 'The display name of this number is not approved yet.'],
  [131042, 'There is a problem with the payment method of the business account.'],
  [131045, 'This number is not registered properly.'],
  [131047, 'The recipient last wrote more than 24 hours ago, so only templates may be sent.'],
  [131048, 'Too many earlier messages from this number were blocked or reported as spam.'],
  [131049, 'WhatsApp chose not to deliver this marketing message, to keep recipients from getting too many.'],
  [131050, 'The recipient has stopped marketing messages from this business.'],
  [131051, 'WhatsApp does not support this type of message.'],
  [131052, 'The file in this message could not be downloaded.'],
  [131053, 'The file for this message could not be uploaded.'],
  [131056, 'Too many messages were sent to this recipient in a short time.'],
  [131057, 'The business account is under maintenance.'],
  [131060, 'WhatsApp cannot show this message at the moment.'],
  [132000, 'The template was given the wrong number of values.'],
  [132001, 'There is no such template in this language, or it is not approved.'],
  [132005, 'The text of the template became too long.'],
  [132007, 'The template breaks WhatsApp’s policy.'],
  [132012, 'A value for the template has the wrong form.'],
  [132015, 'The template is paused because of its low quality.'],
  [132016, 'The template was paused too often and is switched off for good.'],
  [132068, 'The flow in this message is blocked.'],
  [132069, 'The flow in this message was sent too often in the last hour.'],
  [133000, 'An earlier registration of this number was not undone completely.'],
  [133004, 'WhatsApp’s registration was out of service for a while.'],
  [133005, 'The PIN for the two-step verification of this number is wrong.'],
  [133006, 'This number has to be verified again.'],
  [133008, 'A wrong PIN was entered too often for this number.'],
  [133009, 'The PIN for this number was entered too fast.'],
  [133010, 'This number is not registered at WhatsApp.'],
  [133015, 'This number was deleted a moment ago and has to wait a few minutes.'],
  [133016, 'This number was registered or deregistered too often in a short time.'],
  [135000, 'WhatsApp could not send this message and gives no reason.'],
  [2593109, 'The business did not agree to hand over earlier chats.'],
]);

/** All codes of this thousand are about registering the number. */
const REGISTRATION = 133;

/** In plain words; nothing where the code is not known. */
export function failureReason(code: number): string | undefined {
  if (reasons.has(code)) return reasons.get(code);
  if (Math.floor(code / 1000) === REGISTRATION) return 'This number could not be registered at WhatsApp.';
  return undefined;
}
