/** A subject that the sample model can talk about. */
export interface Topic {
  /** Words of a question that lead here. The topic without any is the answer to everything else. */
  readonly keywords: readonly string[];
  /**
   * An answer takes one sentence of each row, in order, so every sentence has to go with every
   * sentence of the rows beside it. The first word of a first row belongs to its topic alone:
   * after it the model no longer looks at the question.
   */
  readonly sentences: readonly (readonly string[])[];
}

/** Everything that the sample model knows, written for it. Words, spaces and . , ! ? : only. */
export const topics: readonly Topic[] = [
  {
    keywords: [],
    sentences: [
      [
        'I am the sample model that comes with IMPETUS.',
        'This is the sample model of IMPETUS, and it is a very small one.',
      ],
      [
        'I only know a short text that was written for me, so please do not mistake my words for knowledge.',
        'All that I have ever read is a few pages about a house with a Mac in it, and my sentences are made from those.',
      ],
      [
        'My task is to show that everything works: your question travels to the Mac, the engine runs, and the reply comes back one word at a time.',
        'You are looking at the whole path at work: the page, the network, the Mac and the engine that makes one word after the other.',
      ],
      [
        'Load a real model to get real answers.',
        'When you want real answers, load something larger, and this same page will show them.',
      ],
    ],
  },
  {
    keywords: ['hello', 'hi', 'hey', 'morning', 'evening', 'greetings', 'welcome'],
    sentences: [
      ['Hello, and welcome!', 'Good to see you here!'],
      [
        'Your message has reached the Mac at home, and this reply was made there.',
        'Somewhere in your home a Mac has just read your message and made this reply.',
      ],
      [
        'I am only the sample model, so my world is small: a house, a garden, a kitchen and a Mac.',
        'As a sample model I know a few pages of text and nothing else, but I know them well.',
      ],
      [
        'Ask me about devices, privacy or soup, or ask for a story.',
        'You could ask me for a story, for a poem, or how to pair a phone.',
      ],
    ],
  },
  {
    keywords: ['thanks', 'thank', 'great', 'nice', 'bye', 'goodbye', 'cool'],
    sentences: [
      ['You are very welcome.', 'Glad that it was useful.'],
      [
        'Kind words are rare in a text as short as mine, and I will put yours next to the part about the garden.',
        'Even a sample enjoys a kind word, although it has only read about such things.',
      ],
      [
        'Come back whenever you like.',
        'The door of this chat stays open, and so does the window in the kitchen.',
      ],
      [
        'And when you have loaded a real model, be kind to it too.',
        'A real model will have more to say, in the very same place.',
      ],
    ],
  },
  {
    keywords: [
      'phone',
      'laptop',
      'tablet',
      'device',
      'devices',
      'pair',
      'pairing',
      'connect',
      'iphone',
      'ipad',
    ],
    sentences: [
      ['Adding a device takes about a minute.', 'Pairing a phone or a laptop is quickly done.'],
      [
        'Open the devices page on the Mac, choose to add one, and point the camera of the new device at the code.',
        'A code appears on the devices page, and the new device reads it with its camera.',
      ],
      [
        'Both screens then show the same six digits, and you approve only if they match.',
        'Before you approve, compare the six digits on both screens, since that is how you know who is asking.',
      ],
      [
        'If a phone is ever lost, revoke it on the same page, and its sessions end at once.',
        'Every device has a name of its own, and you can revoke one without disturbing the others.',
      ],
    ],
  },
  {
    keywords: [
      'download',
      'downloads',
      'load',
      'hub',
      'gguf',
      'install',
      'model',
      'models',
      'larger',
      'bigger',
    ],
    sentences: [
      [
        'Real models come from the Hugging Face Hub.',
        'Getting a real model begins on the models page, which lists what fits your Mac.',
      ],
      [
        'IMPETUS knows how much memory the Mac has and tells you which models will fit.',
        'Each entry says how large the file is, which quant it has, and how much memory it will take.',
      ],
      [
        'A download may be paused and continued, and every file is checked once it has arrived.',
        'Downloads go on in the background, survive a lost connection, and are checked at the end.',
      ],
      [
        'After that you load the model once, and every device in the house can use it.',
        'Then press load, wait a few seconds, and begin to write.',
      ],
    ],
  },
  {
    keywords: [
      'private',
      'privacy',
      'secure',
      'security',
      'safe',
      'cloud',
      'data',
      'trust',
      'encrypted',
      'secret',
    ],
    sentences: [
      [
        'Nothing that you write here has to leave your home.',
        'Privacy is the reason to keep a model at home.',
      ],
      [
        'Your words cross your own network, reach your own Mac, and return as an answer.',
        'The line between your phone and the Mac is encrypted with a certificate that the Mac made for itself.',
      ],
      [
        'No company reads along, and no account in a cloud is needed.',
        'There is no account to open and nobody in between.',
      ],
      [
        'You decide which devices may ask, and the audit log remembers what each of them changed.',
        'Sessions, keys and devices can all be revoked, and it takes effect at once.',
      ],
    ],
  },
  {
    keywords: ['mac', 'server', 'work', 'works', 'network', 'wifi', 'engine', 'impetus', 'computer', 'home'],
    sentences: [
      [
        'Think of the Mac as a quiet librarian in another room.',
        'Behind this page a Mac is waiting for questions.',
      ],
      [
        'It keeps the models on its disk, brings the one that you ask for into memory, and puts it back when nobody needs it.',
        'The models rest on its disk until somebody asks, and then one of them moves into memory and starts to speak.',
      ],
      [
        'Phones, tablets and laptops send their questions over the local network and read the words while they are being made.',
        'A question from any room reaches it in a moment, and the first words of the answer are on their way before the last ones exist.',
      ],
      [
        'You say in which hours the Mac stays awake, and for the rest of the day it may sleep like everyone else.',
        'One machine does the work, and all the others stay light and cool.',
      ],
    ],
  },
  {
    keywords: ['fast', 'slow', 'speed', 'memory', 'ram', 'quick', 'tokens', 'performance', 'faster'],
    sentences: [
      [
        'How fast a model speaks depends on its size and on the memory of your Mac.',
        'Small models are quick, large models are thoughtful, and memory decides which of them you can have.',
      ],
      [
        'For each new word, all the weights have to be read once, so half the size gives about twice the speed.',
        'All the weights are read again for every new word, which is why a model of half the size is about twice as fast.',
      ],
      [
        'If a model almost fits, try a smaller quant of it.',
        'A smaller quant saves memory and time and costs a little care in the details.',
      ],
      [
        'My own speed proves nothing, because I am smaller than a holiday photo.',
        'Please do not judge by me: I would fit into a single holiday photo.',
      ],
    ],
  },
  {
    keywords: [
      'api',
      'code',
      'program',
      'python',
      'javascript',
      'key',
      'keys',
      'client',
      'editor',
      'function',
      'script',
    ],
    sentences: [
      [
        'Programs can talk to your Mac as well as people can.',
        'Anything that speaks the OpenAI API can speak to your Mac.',
      ],
      [
        'Create a key on the keys page, then give the program that key and the address of the Mac.',
        'It needs two things: the address of your server and a key of its own.',
      ],
      [
        'Most editors and tools are content once you have changed that one address.',
        'A key can be limited to asking questions, so that a careless script cannot remove anything.',
      ],
      [
        'Writing code is beyond me, since there was none in the few pages that I learned from.',
        'I would gladly write the code for you, but prose is all I was ever given.',
      ],
    ],
  },
  {
    keywords: ['story', 'tale', 'once', 'fairy', 'lighthouse', 'adventure', 'stories'],
    sentences: [
      [
        'Once upon a time there was a lighthouse keeper who owned a small radio and a very large window.',
        'Long ago, on a rock far from the coast, there lived a lighthouse keeper with a patient heart.',
      ],
      [
        'Every evening he lit the lamp and wondered who might see it.',
        'Each night he lit the lamp, wrote a line into his book, and wished the ships a safe journey.',
      ],
      [
        'One winter a storm broke the boat that used to bring his letters, and for weeks the sea was his only visitor.',
        'Then came a winter so cold that the boat with his letters stayed in the harbour for a month.',
      ],
      [
        'But on the first clear night a light far out began to blink, slowly at first and then faster, as if it were laughing.',
        'One night, when the clouds had gone, a small light on the horizon answered his lamp.',
      ],
      [
        'He blinked back, and the two lights talked until the morning came.',
        'He covered the lamp with his coat, once, twice, three times, and the stranger did the same.',
      ],
      [
        'In spring there was a letter from a captain, who wrote that she had never felt less alone.',
        'In spring a captain came to the rock with a basket of oranges and said that his lamp had kept her company.',
      ],
    ],
  },
  {
    keywords: ['poem', 'poetry', 'verse', 'song', 'rhyme', 'sing', 'haiku'],
    sentences: [
      [
        'Rain on the window and tea in the cup, the Mac in the corner is just waking up.',
        'Soft hums the Mac at the end of the hall, and its one little light makes a moon on the wall.',
      ],
      [
        'A question comes in from the chair by the door, and one word appears, and then comes one more.',
        'You ask from the sofa, it thinks by the stair, and the words find their way through the warm evening air.',
      ],
      [
        'No cloud has to carry the things that you say, they go through the wall and return the same way.',
        'The books on the shelf have been quiet all day, but the wall has a neighbour with something to say.',
      ],
      [
        'The kettle is singing, the writing is done, and the night at the window says: that was a good one.',
        'The verses are few and the poet is small, and a larger one waits for your call down the hall.',
      ],
    ],
  },
  {
    keywords: [
      'recipe',
      'cook',
      'cooking',
      'tea',
      'coffee',
      'soup',
      'dinner',
      'food',
      'bread',
      'kitchen',
      'lunch',
      'breakfast',
    ],
    sentences: [
      ['For a cold evening, nothing beats a pot of soup.', 'Soup is the one dish that never fails.'],
      [
        'Warm some butter, add an onion and two carrots in small pieces, and let them turn soft without any hurry.',
        'Begin with an onion and two carrots, cut them small, and let them grow soft in a spoon of butter.',
      ],
      [
        'Pour in a litre of water, stir in a cup of red lentils, and wait for twenty minutes with a good book.',
        'Then add red lentils and plenty of water, and let the pot talk to itself for twenty minutes.',
      ],
      [
        'Lemon juice at the end makes it bright, and a slice of bread makes it a meal.',
        'A little salt, a little lemon, and supper is ready.',
      ],
    ],
  },
  {
    keywords: [
      'weather',
      'rain',
      'sun',
      'garden',
      'plant',
      'plants',
      'flower',
      'flowers',
      'snow',
      'forecast',
      'tomorrow',
    ],
    sentences: [
      [
        'About the weather I can only guess, for I have neither a window nor a clock.',
        'Weather is hard to see from the inside of a computer.',
      ],
      [
        'Should it rain, the garden will be grateful, and the barrel behind the house will fill for the dry days.',
        'Rain fills the barrel, and the garden drinks from it for weeks.',
      ],
      [
        'Should the sun shine, water the tomatoes early, while the ground is still cool.',
        'On a sunny day the tomatoes like their water early, before the stones are warm.',
      ],
      [
        'Either way, a walk around the block is never wasted.',
        'Take an umbrella and an apple, and both kinds of day will do.',
      ],
    ],
  },
  {
    keywords: [
      'capital',
      'calculate',
      'math',
      'plus',
      'number',
      'count',
      'sum',
      'fact',
      'facts',
      'history',
      'science',
      'translate',
      'explain',
      'why',
      'question',
      'weights',
      'news',
      'today',
      'date',
      'time',
    ],
    sentences: [
      ['That is a question for a real model.', 'Honestly, that is more than I know.'],
      [
        'I cannot calculate, translate or look things up, because I was made from a small text about a house.',
        'Numbers, dates and facts are not among the things that I have read about, and guessing would not help you.',
      ],
      [
        'What you can see, though, is that your question arrived, that the engine ran, and that an answer came back.',
        'Still, the road is tested now: your words came in, the engine turned, and here is a reply.',
      ],
      [
        'Choose a model that suits your Mac and ask again.',
        'Put the same question to a larger model, and you will see the difference.',
      ],
    ],
  },
  {
    keywords: [
      'sleep',
      'night',
      'power',
      'energy',
      'battery',
      'awake',
      'electricity',
      'quiet',
      'fan',
      'tired',
      'rest',
      'bed',
    ],
    sentences: [
      [
        'At night the house is still and the Mac has time.',
        'Late in the evening only one small light is left, and it belongs to the Mac.',
      ],
      [
        'While it waits, it takes hardly more power than a lamp for reading.',
        'It waits without a sound and needs very little power until somebody asks.',
      ],
      [
        'You can name the hours in which it has to stay awake, and in all the others it is allowed to sleep.',
        'Large downloads like these hours best, since nobody else is using the line.',
      ],
      [
        'In the morning the new model is there, and the coffee is almost ready.',
        'Sleep well, and leave the waiting to the machine.',
      ],
    ],
  },
  {
    keywords: ['help', 'can', 'how', 'use', 'start', 'guide', 'settings', 'features', 'begin', 'learn'],
    sentences: [
      ['Let me show you around.', 'Using IMPETUS is easy to learn.'],
      [
        'The chat page is for talking, the models page is for choosing, and the devices page is for letting others in.',
        'Three places are worth knowing: one page for chats, one for models and one for devices.',
      ],
      [
        'Start with a model that fits your Mac, then pair your phone, then create a key for the editor that you like best.',
        'First choose a model, then bring in the phone, and keep the keys for the day when a program needs one.',
      ],
      [
        'I myself am only a sample, made so that every button has something to do from the first minute on.',
        'Until then I keep your place warm, with some short sentences and the best intentions.',
      ],
    ],
  },
];
