/**
 * The words for what a message can hold: one part for every kind of content. The page's other words are in `en.ts`.
 */
import type { CallOutcome } from '../host/generated/CallOutcome';
import type { Direction } from '../host/generated/Direction';
import type { MediaForm } from '../host/generated/MediaForm';
import type { SystemNews } from '../host/generated/SystemNews';
import { counted } from './counted';

const mimeTypes = new Map<string, string>([
  ['image/jpeg', 'JPEG picture'],
  ['image/png', 'PNG picture'],
  ['image/webp', 'WebP picture'],
  ['image/gif', 'GIF picture'],
  ['image/heic', 'HEIC picture'],
  ['image/svg+xml', 'SVG drawing'],
  ['video/mp4', 'MP4 video'],
  ['video/3gpp', '3GP video'],
  ['video/quicktime', 'QuickTime video'],
  ['video/webm', 'WebM video'],
  ['audio/aac', 'AAC audio'],
  ['audio/amr', 'AMR audio'],
  ['audio/mp4', 'MPEG-4 audio'],
  ['audio/mpeg', 'MP3 audio'],
  ['audio/ogg', 'Ogg audio'],
  ['audio/wav', 'WAV audio'],
  ['application/pdf', 'PDF document'],
  ['application/msword', 'Word document'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word document'],
  ['application/vnd.ms-excel', 'Excel workbook'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel workbook'],
  ['application/vnd.ms-powerpoint', 'PowerPoint presentation'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'PowerPoint presentation'],
  ['application/vnd.oasis.opendocument.text', 'OpenDocument text'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'OpenDocument spreadsheet'],
  ['application/zip', 'ZIP archive'],
  ['application/json', 'JSON file'],
  ['application/xml', 'XML file'],
  ['text/plain', 'Text file'],
  ['text/csv', 'CSV table'],
  ['text/html', 'Web page'],
  ['text/vcard', 'Contact file'],
]);

/** What WhatsApp does not pass on (webhook catalogue §3, `unsupported`), as it is called in the app. */
const unsupported = new Map<string, string>([
  ['button', 'a button'],
  ['edit', 'an edit'],
  ['errors', 'an error'],
  ['gif', 'a GIF'],
  ['group_invite', 'a group invitation'],
  ['hsm', 'a template message'],
  ['image', 'a photo'],
  ['interactive', 'an interactive message'],
  ['keep_in_chat', 'a kept disappearing message'],
  ['link_preview', 'a link preview'],
  ['list', 'a list'],
  ['location', 'a location'],
  ['media_placeholder', 'a file from before this chat was connected'],
  ['order', 'an order'],
  ['pin', 'a pinned message'],
  ['poll_creation', 'a poll'],
  ['poll_update', 'a vote in a poll'],
  // What one library calls it; it stands in archives that were fed by it.
  ['pool', 'a poll'],
  ['product', 'a product'],
  ['reaction', 'a reaction'],
]);

const callsIn: Record<CallOutcome, string> = {
  ringing: 'Incoming call, ringing',
  accepted: 'Incoming call, taken',
  completed: 'Incoming call',
  missed: 'Missed call',
  rejected: 'Incoming call, turned down',
};

const callsOut: Record<CallOutcome, string> = {
  ringing: 'Outgoing call, ringing',
  accepted: 'Outgoing call, taken',
  completed: 'Outgoing call',
  missed: 'Outgoing call, not answered',
  rejected: 'Outgoing call, turned down',
};

const news: Record<SystemNews, string> = {
  numberChanged: 'This customer has a new number',
  userIdChanged: 'This customer has a new user ID',
  identityChanged: 'This customer has a new phone, or WhatsApp was installed anew',
  other: 'News about this customer',
};

const forms: Record<MediaForm, string> = {
  image: 'Photo',
  video: 'Video',
  audio: 'Audio',
  voice: 'Voice message',
  document: 'Document',
  sticker: 'Sticker',
};

const downloads: Record<MediaForm, string> = {
  image: 'Download the photo',
  video: 'Download the video',
  audio: 'Download the audio',
  voice: 'Download the voice message',
  document: 'Download the document',
  sticker: 'Download the sticker',
};

const pictures: Record<'image' | 'sticker', string> = { image: 'Photo', sticker: 'Sticker' };

export const kinds = {
  text: { empty: 'Empty message' },

  media: {
    form: (form: MediaForm, animated: boolean) => (animated ? `Animated ${forms[form].toLowerCase()}` : forms[form]),
    /** Without its parameters; as written where it is none of the usual ones, and nothing where it is no type. */
    type: (mimeType: string | null) => {
      const bare = mimeType?.split(';')[0]?.trim().toLowerCase() ?? '';
      return mimeTypes.get(bare) ?? (bare === '' ? null : bare);
    },
    picture: (form: 'image' | 'sticker', caption: string | null) =>
      caption === null || caption === '' ? pictures[form] : `${pictures[form]}: ${caption}`,
    download: 'Download',
    downloadNamed: (form: MediaForm) => downloads[form],
    downloading: 'Downloading…',
    saved: 'Saved',
    copyPath: 'Copy path',
    copyPathNamed: 'Copy path of the saved file',
    notPlayable: 'This file cannot be shown here.',
    nowhere: 'The payload does not say where the file is.',
    placeholder: 'A photo, video or file from before this chat was connected',
    placeholderHint: 'WhatsApp may still send it.',
    tokenTitle: 'An access token is needed',
    tokenText:
      'Meta keeps the file and gives it only to whoever holds an access token of the WhatsApp Business account. Bluetick keeps the token on this computer and uses it for nothing else.',
    token: 'Access token',
    tokenSave: 'Save and download',
    tokenCancel: 'Not now',
  },

  location: {
    title: 'Location',
    nowhere: 'The payload holds no place on earth.',
    coordinates: 'Coordinates',
    map: 'Open in Google Maps',
  },

  contacts: {
    unnamed: 'Contact without a name',
    none: 'A contact without any details',
    phone: 'Phone',
    email: 'E-mail',
    address: 'Address',
    url: 'Web page',
    birthday: 'Birthday',
    vcard: 'Show vCard',
  },

  reply: {
    button: 'Answered with a button',
    list: 'Chose from a list',
    untitled: 'A reply without a title',
  },

  form: {
    title: (name: string | null) => (name === 'address_message' ? 'Address' : 'Form filled in'),
    name: (name: string) => `Form: ${name}`,
    unreadable: 'The answers are not in a form that can be read. As they came:',
    empty: 'No answers were told.',
    unnamed: 'Answer',
  },

  callPermission: {
    granted: 'Calls are allowed',
    refused: 'Calls are not allowed',
    unclear: 'An answer about calls that is neither yes nor no',
    permanent: 'Until it is taken back',
    until: (when: string) => `Until ${when}`,
    automatic: 'Decided by WhatsApp, not by the customer',
  },

  payment: {
    title: 'Payment method chosen',
    card: (digits: string) => `ends in ${digits}`,
    reference: (reference: string) => `For ${reference}`,
  },

  order: {
    title: (count: number) => `Order of ${counted(count, 'item', 'items')}`,
    catalog: (catalog: string) => `From catalogue ${catalog}`,
    product: 'Product',
    quantity: 'Quantity',
    price: 'Price of one',
    times: (quantity: string) => `${quantity} ×`,
    unnamed: 'A product without an ID',
    unpriced: 'no price',
    total: 'Total',
  },

  system: {
    news,
    number: (number: string) => `Now ${number}`,
    userId: (userId: string) => `Now ${userId}`,
    welcome: 'Opened the chat for the first time',
  },

  unsupported: {
    /** In the words of the app; a word never seen before as it is written. */
    title: (wanted: string | null) => {
      if (wanted === null) return 'WhatsApp sent something this API can’t show';
      return `WhatsApp sent something this API can’t show: ${unsupported.get(wanted) ?? wanted}`;
    },
    hint: 'The customer sees it in WhatsApp as usual.',
  },

  call: {
    title: (direction: Direction, outcome: CallOutcome) => (direction === 'in' ? callsIn : callsOut)[outcome],
    lasted: (words: string) => `Lasted ${words}`,
  },

  bytes: {
    title: 'SMS with binary content',
    parts: (count: number) => counted(count, 'part', 'parts'),
    part: (number: number) => `Part ${number}`,
    show: 'Show bytes',
  },

  unknown: {
    title: (kind: string) => `Kept, not understood (type ${kind})`,
    interactive: (form: string | null) =>
      form === null
        ? 'Kept, not understood (a reply of no known form)'
        : `Kept, not understood (reply of form ${form})`,
    hint: 'Nothing is lost. A later version may read it.',
    showRaw: 'Show raw',
  },

  referral: {
    title: 'Came through an ad',
    titlePost: 'Came through a post',
    welcome: (text: string) => `Greeted with “${text}”`,
  },

  product: {
    title: 'Asks about a product',
    product: (product: string) => `Product ${product}`,
    catalog: (catalog: string) => `from catalogue ${catalog}`,
  },
};
