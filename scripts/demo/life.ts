/** What a person's lists are full of. `{…}` is filled in turn, so that every title is another one. */
export interface DemoList {
  name: string
  color: string
  tags: string[]
  /** Titles, or patterns with {name}, {topic}, {thing}, {place} or {n}. */
  titles: string[]
  /** How many tasks it has. */
  count: number
}

export const NAMES = ['Priya', 'Jonas', 'Mei', 'Amara', 'Tomás', 'Zoë', 'Farid', 'Ingrid', 'Kofi', 'Lucía']
export const TOPICS = [
  'the onboarding',
  'the Q4 budget',
  'search',
  'the roadmap',
  'billing',
  'the audit',
  'mobile',
  'the release notes',
]
export const THINGS = [
  'the bike',
  'the winter coats',
  'the printer',
  'the balcony',
  'the bookshelf',
  'the car',
  'the freezer',
  'the passport photos',
]
export const PLACES = ['Belém', 'Alfama', 'Sintra', 'Cascais', 'LX Factory', 'the Oceanário', 'the Gulbenkian']

export const LISTS: DemoList[] = [
  {
    name: 'Work',
    color: 'blue',
    tags: ['waiting-for', 'deep-work', 'email', 'meeting', 'finance'],
    count: 100,
    titles: [
      'Send the Q4 budget to {name}',
      'Review {name}’s pull request about {topic}',
      'Prepare slides on {topic}',
      'Reply to {name} about {topic}',
      'Write up the notes on {topic}',
      '1:1 with {name}: talk about {topic}',
      'Ask {name} for the numbers behind {topic}',
      'Book a room for the workshop on {topic}',
      'Draft the proposal for {topic}',
      'Sign off the invoice for {topic}',
      'Give {name} feedback on {topic}',
      'Interview {name} about {topic}',
    ],
  },
  {
    name: 'Home',
    color: 'green',
    tags: ['home', 'errands', 'finance', 'garden'],
    count: 70,
    titles: [
      'Mend {thing}',
      'Sell {thing} online',
      'Clean behind {thing}',
      'Ask the neighbour about {thing}',
      'Buy a cover for {thing}',
      'Call the plumber about tap {n}',
      'Descale the kettle, round {n}',
      'Hang picture {n} in the hall',
      'Pay electricity bill {n}',
      'Repot plant {n} on the windowsill',
    ],
  },
  {
    name: 'Health',
    color: 'orange',
    tags: ['health', 'running', 'appointments'],
    count: 35,
    titles: [
      'Run {n} km along the river',
      'Ask {name} for their physiotherapist',
      'Stretching routine {n}',
      'Try recipe {n} with lentils',
      'Book blood test {n}',
      'Yoga class {n} with {name}',
    ],
  },
  {
    name: 'Trip to Lisbon',
    color: 'violet',
    tags: ['travel', 'booking', 'food'],
    count: 40,
    titles: [
      'Find a place to eat near {place}',
      'Tickets for {place}',
      'How to get to {place} by tram',
      'Ask {name} what to see in {place}',
      'Photo walk through {place}',
      'Pack item {n} of the list',
    ],
  },
  {
    name: 'Reading',
    color: 'teal',
    tags: ['reading', 'someday'],
    count: 40,
    titles: [
      'Read chapter {n}, “The log is the database”',
      'Take notes on {topic} from {name}’s article',
      'Listen to episode {n} about {topic}',
      'Return book {n} to the library',
      'Lend {name} the book about {topic}',
    ],
  },
]
