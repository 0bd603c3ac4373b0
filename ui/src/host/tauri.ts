/**
 * The host inside the desktop app: one command per call, one channel for the events. The only file of the page that may
 * import `@tauri-apps`, and deliberately without any decision of its own.
 */
import { Channel, convertFileSrc, invoke } from '@tauri-apps/api/core';

import type { ViewEvent } from './generated/ViewEvent';
import type { Host } from './host';

export function tauriHost(): Host {
  return {
    subscribe(onEvent) {
      const events = new Channel<ViewEvent>();
      events.onmessage = onEvent;
      return invoke('subscribe', { events });
    },
    conversations: (query) => invoke('conversations', { query }),
    conversation: (id) => invoke('conversation', { id }),
    messages: (conversation, part) => invoke('messages', { conversation, part }),
    messageDetails: (message) => invoke('message_details', { message }),
    markRead: (conversation) => invoke('mark_read', { conversation }),
    search: (text) => invoke('search', { text }),
    sendTest: () => invoke('send_test'),
    eventLog: (query) => invoke('event_log', { query }),
    deliveryBody: (id) => invoke('delivery_body', { id }),
    dismissNotice: (id) => invoke('dismiss_notice', { id }),
    startReread: () => invoke('start_reread'),
    stopReread: () => invoke('stop_reread'),
    mediaState: (message) => invoke('media_state', { message }),
    downloadMedia: (message) => invoke('download_media', { message }),
    setMediaToken: (token) => invoke('set_media_token', { token }),
    publicUrlSetup: () => invoke('public_url_setup'),
    setPublicUrl: (change) => invoke('set_public_url', { change }),
    retryPublicUrl: () => invoke('retry_public_url'),
    networkChanged: () => invoke('network_changed'),
    settlePublicUrl: () => invoke('settle_public_url'),
    outages: () => invoke('outages'),
    dismissBackAgain: () => invoke('dismiss_back_again'),
    addHook: (label) => invoke('add_hook', { label }),
    changeHook: (label, change) => invoke('change_hook', { label, change }),
    rotateHook: (label, graceHours) => invoke('rotate_hook', { label, graceHours }),
    removeHook: (label) => invoke('remove_hook', { label }),
    popupSettings: () => invoke('popup_settings'),
    setPopupSettings: (settings) => invoke('set_popup_settings', { settings }),
    pausePopups: (quiet) => invoke('pause_popups', { quiet }),
    showSamplePopup: () => invoke('show_sample_popup'),
    muteConversation: (conversation, quiet) => invoke('mute_conversation', { conversation, quiet }),
    setVip: (conversation, vip) => invoke('set_vip', { conversation, vip }),
    lookAt: (conversation) => invoke('look_at', { conversation }),
    desktopSetup: () => invoke('desktop_setup'),
    setStartsWithSession: (on) => invoke('set_starts_with_session', { on }),
    stayInBackground: () => invoke('stay_in_background'),
    quit: () => invoke('quit'),
    painted: () => invoke('painted'),
    fileUrl: (path) => convertFileSrc(path),
    openLink: (url) => invoke('open_link', { url }),
    copy,
  };
}

/** WebKitGTK refuses the clipboard interface in some set-ups; the old command still works there. */
async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'spoken';
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    if (!copied) throw new Error('The system did not take the text.');
  }
}
