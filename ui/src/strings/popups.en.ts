/** The words about popups: in the settings, in a conversation's own menu, on top of the window, and when it is closed. */
const paused = (until: string | null) => (until === null ? 'Popups are paused' : `Popups are paused until ${until}`);

export const popups = {
  days: { tomorrow: 'tomorrow' },
  muted: (until: string | null) => (until === null ? 'Muted' : `Muted until ${until}`),
  paused,
  vip: 'VIP',

  banners: {
    unavailable: 'Popups that cannot be shown',
    unavailableText: (reason: string) => `Popups cannot be shown on this computer right now: ${reason}`,
    help: 'What can I do?',
    paused: 'Paused popups',
    resume: 'Resume',
    problem: (text: string, problem: string) => `${text}. Resuming did not work: ${problem}`,
  },

  menu: {
    name: (state: string | null) =>
      state === null ? 'Notifications of this conversation' : `Notifications of this conversation: ${state}`,
    unmute: 'Unmute',
    mute: {
      hour: 'Mute for 1 hour',
      tomorrow: 'Mute until tomorrow at 8:00',
      week: 'Mute for a week',
      always: 'Mute always',
    },
    vipHint: 'Pops up in quiet hours too',
  },

  closing: {
    title: 'Keep receiving messages?',
    text: 'This desktop has no tray to keep Bluetick in. It can go on receiving without a window. To get the window back, start Bluetick again.',
    quitText: 'If you quit, nothing is received until you start it again.',
    stay: 'Keep receiving in the background',
    quit: 'Quit',
  },

  settings: {
    title: 'Notifications',
    intro: 'What pops up on your screen when something happens.',
    content: {
      legend: 'What does a popup show?',
      full: { name: 'Name and message', hint: 'Who wrote, and what.' },
      name: { name: 'Name only', hint: 'Who wrote, but not what.' },
      generic: { name: 'Only “New message”', hint: 'Neither the name nor the message.' },
      off: { name: 'No popups', hint: 'New messages show in the window only.' },
    },
    preview: {
      label: 'What such a popup looks like',
      person: 'Anna Berger',
      message: 'Is my order 4711 on its way?',
      hidden: 'New message',
      none: 'Nothing pops up when a message comes.',
      markRead: 'Mark as read',
    },
    failures: {
      name: 'Also tell about messages that could not be delivered',
      hint: 'A popup says when something you sent does not get through.',
    },
    buttons: {
      name: '“Mark as read” button on popups',
      hint: 'Marks the conversation as read without opening the window.',
    },
    sound: { name: 'Sound', hint: 'Your computer’s own sound for messages. Some desktops have none.' },

    sample: {
      show: 'Show a sample notification',
      shown: 'Your desktop has taken the sample. If you do not see it, check whether “Do not disturb” is on.',
      unavailable:
        'This desktop has no notification service, or it takes nothing from Bluetick. On Linux, install and start one, such as dunst. On Windows and macOS, allow notifications from Bluetick in the system’s settings. Then show a sample.',
      reason: (reason: string) => `The system says: ${reason}`,
    },

    pause: {
      title: 'Pause all popups',
      hint: 'Nothing pops up meanwhile. Messages are received all the same.',
      hour: 'For 1 hour',
      tomorrow: 'Until tomorrow at 8:00',
      resume: 'Resume popups',
    },

    quiet: {
      name: 'Quiet hours',
      hint: 'Nothing pops up at these hours of each day, except for VIPs and for messages with one of the words below.',
      from: 'From',
      until: 'Until',
      nextDay: 'the next day',
      wrong: 'Enter a time such as 22:00.',
      wholeDay: 'Both times are the same: it is quiet the whole day.',
    },

    keywords: {
      name: 'Words that break through',
      hint: 'A message with one of them pops up in quiet hours too. Put commas between several.',
      add: 'Add',
      remove: (word: string) => `Remove “${word}”`,
      known: (word: string) => `“${word}” is there already.`,
      tooLong: (most: number) => `A word has ${most} characters at most.`,
      tooMany: (most: number) => `There is room for ${most} words. Remove one first.`,
    },

    desktop: {
      title: 'Without a window',
      starts: {
        name: 'Start Bluetick when I log in',
        hint: 'It starts without a window and receives from the beginning.',
      },
      tray: 'When you close the window, Bluetick goes on receiving. You find it in the tray.',
      noTray:
        'This desktop has no tray. When you close the window, Bluetick asks whether to go on receiving without it.',
    },
  },
};
