import { expect, test } from 'vitest'
import { MOVE, ONE_WORD, OWN_NAME, PLACE, TECHNICIAN, at, before, day, expectImport, repeats } from './written-by.ts'

test('KDE: a series stands where it was ticked off, an alarm that is off does not ring, children become subtasks', () => {
  const fridge = { id: expect.any(String), title: 'Kühlschrank abtauen', completedAt: '2026-11-27T17:20:00.000Z' }
  const boxes = { id: expect.any(String), title: 'Kisten beschriften', completedAt: null }
  expectImport(
    'kcalendarcore',
    [
      {
        title: 'Mülltonnen rausstellen',
        due: at('2026-12-02', '20:00'),
        recurrence: repeats('FREQ=WEEKLY;INTERVAL=2', '2026-11-04T20:00'),
      },
      {
        title: 'Umzug vorbereiten',
        notes: MOVE,
        priority: 'high',
        tags: ['Wohnung', 'Große-Dinge'],
        due: day('2026-12-20'),
        subtasks: [boxes, fridge],
      },
      {
        title: 'Pflanzen gießen',
        notes: 'Starts: 2026-12-05 18:00',
        priority: 'low',
        due: at('2026-12-05', '19:00'),
        recurrence: repeats('FREQ=DAILY;UNTIL=20270203;INTERVAL=3', '2026-12-05T19:00', ['2026-12-11T19:00']),
        reminders: [before(15)],
      },
      { title: 'Jahresbericht schreiben', due: at('2026-12-17', '12:00') },
      {
        title: 'Jour fixe mit Zoë (verlegt)',
        notes: 'Lasts: 45 min',
        due: at('2026-12-22', '15:00'),
      },
      {
        title: 'Jour fixe mit Zoë',
        notes: 'Location: Zimmer 4, 2. Stock\nLasts: 45 min',
        due: at('2026-12-07', '09:30'),
        recurrence: repeats('FREQ=WEEKLY;COUNT=10', '2026-12-07T09:30', ['2026-12-28T09:30', '2026-12-21T09:30']),
        reminders: [before(1_440)],
      },
    ],
    [
      '53: it was switched off',
      `67: ${ONE_WORD}`,
      '107: a task is seen by those who see its list: put it into a list of your own',
      '109: a task is open or completed, nothing between',
      '146: a reminder says the title of its task, and has no text of its own',
      '152: a journal entry is not a task',
    ],
  )
})

test('sabre/vobject: what Baïkal and Nextcloud lay open, with its commas as they are', () => {
  expectImport(
    'sabre-vobject',
    [
      {
        title: 'Heizung warten lassen',
        notes: `${TECHNICIAN}\n\nLocation: Lindenstraße 7, Keller`,
        priority: 'high',
        tags: ['Wohnung'],
        due: at('2026-12-15', '14:30'),
        reminders: [before(120)],
      },
      {
        title: 'Umzug vorbereiten 📦',
        due: day('2026-12-20'),
        subtasks: [{ id: expect.any(String), title: 'Kisten beschriften', completedAt: null }],
      },
      {
        title: 'Pflanzen gießen',
        due: at('2026-12-05', '18:00'),
        recurrence: repeats('FREQ=WEEKLY;BYDAY=SA;COUNT=8', '2026-12-05T18:00', ['2026-12-26T18:00']),
      },
      { title: 'Päckchen abschicken', completedAt: '2026-11-27T16:20:00.000Z' },
    ],
    [],
  )
})

test('ical4j: an exception without the zone of its series is one on its clock', () => {
  expectImport(
    'ical4j',
    [
      {
        title: 'Heizung warten lassen',
        notes: `${TECHNICIAN}\n\nContact: Nyström & Söhne, 030 1234`,
        priority: 'high',
        tags: ['Wohnung', 'Große-Dinge'],
        due: at('2026-12-15', '14:30'),
        reminders: [before(120)],
      },
      {
        title: 'Umzug vorbereiten',
        due: day('2026-12-20'),
        subtasks: [{ id: expect.any(String), title: 'Kisten beschriften', completedAt: null }],
      },
      {
        title: 'Pflanzen gießen',
        due: at('2026-12-05', '18:00'),
        recurrence: repeats('FREQ=WEEKLY;UNTIL=20270313T170000Z;INTERVAL=2;BYDAY=SA', '2026-12-05T18:00', [
          '2026-12-19T18:00',
        ]),
      },
      { title: 'Päckchen abschicken', completedAt: '2026-11-27T16:20:00.000Z' },
      {
        title: 'Konzert in New York',
        notes: 'Link: https://example.org/konzert\nLasts: 2 h 30 min',
        due: at('2026-12-12', '20:00', 'America/New_York'),
      },
    ],
    [`120: ${ONE_WORD}`],
  )
})

test('biweekly: a start and a length', () => {
  expectImport(
    'biweekly',
    [
      {
        title: 'Heizung warten lassen',
        notes: TECHNICIAN,
        priority: 'high',
        tags: ['Wohnung', 'Große-Dinge'],
        due: at('2026-12-15', '14:30'),
        reminders: [before(120)],
      },
      { title: 'Umzug vorbereiten', due: day('2026-12-20') },
      {
        title: 'Pflanzen gießen',
        notes: 'Starts: 2026-12-05 18:00',
        due: at('2026-12-05', '19:00'),
        recurrence: repeats('FREQ=WEEKLY;UNTIL=20270313;INTERVAL=2;BYDAY=SA', '2026-12-05T19:00', ['2026-12-19T19:00']),
      },
      { title: 'Päckchen abschicken', completedAt: '2026-11-27T16:20:00.000Z' },
      { title: 'Konzert mit Zoë', notes: 'Lasts: 2 h 30 min', due: at('2026-12-12', '20:00') },
    ],
    [`28: ${ONE_WORD}`, `63: ${PLACE}`],
  )
})

test('ical-generator: the marks of Microsoft for whole days, and the notes as HTML beside their text', () => {
  expectImport(
    'ical-generator',
    [
      {
        title: 'Jour fixe mit Zoë',
        notes:
          'Zählerstände vorher ablesen: Strom, Gas, Wasser.\nKühlschrank abtauen \\ Gefrierfach leeren; dann die Schlüssel übergeben, zwei für die Haustür.\n\nLocation: Zimmer 4, 2. Stock\nLink: https://example.org/jour-fixe\nLasts: 45 min',
        priority: 'high',
        tags: ['Arbeit', 'Große-Dinge'],
        due: at('2026-12-07', '09:30'),
        recurrence: repeats('FREQ=WEEKLY;UNTIL=20270301T230000', '2026-12-07T09:30', ['2026-12-21T09:30']),
        reminders: [before(15)],
      },
      { title: 'Plätzchen backen', due: day('2026-12-24') },
      {
        title: 'Miete überweisen',
        due: day('2027-01-31'),
        recurrence: repeats('FREQ=MONTHLY;COUNT=6;BYMONTHDAY=-1', '2027-01-31'),
      },
    ],
    [`4: ${OWN_NAME}`, `5: ${OWN_NAME}`, `18: ${PLACE}`, `28: ${ONE_WORD}`],
  )
})

test('Radicale: a whole collection, as it serves it', () => {
  expectImport(
    'radicale',
    [
      {
        title: 'Heizung warten lassen',
        notes: TECHNICIAN,
        priority: 'high',
        tags: ['Wohnung', 'Große-Dinge'],
        due: at('2026-12-15', '14:30'),
        reminders: [before(120)],
      },
      {
        title: 'Umzug vorbereiten',
        due: day('2026-12-20'),
        subtasks: [{ id: expect.any(String), title: 'Kisten beschriften', completedAt: '2026-11-27T16:20:00.000Z' }],
      },
      {
        title: 'Jour fixe mit Zoë',
        notes: 'Lasts: 45 min',
        due: at('2026-12-07', '09:30'),
        recurrence: repeats('FREQ=WEEKLY;UNTIL=20270301T083000Z', '2026-12-07T09:30', [
          '2026-12-28T09:30',
          '2026-12-21T09:30',
        ]),
      },
      { title: 'Jour fixe mit Zoë (verlegt)', notes: 'Lasts: 45 min', due: at('2026-12-22', '15:00') },
    ],
    [`4: ${OWN_NAME}`, `23: ${ONE_WORD}`],
  )
})

test('ical.js, by which Thunderbird and Nextcloud write: several tags and several exceptions in one line', () => {
  expectImport(
    'ical-js',
    [
      {
        title: 'Heizung warten lassen',
        notes: TECHNICIAN,
        priority: 'high',
        tags: ['Wohnung', 'Große-Dinge', 'Rechnung-Quittung'],
        due: at('2026-12-15', '14:30'),
        reminders: [before(120)],
      },
      {
        title: 'Umzug vorbereiten 📦',
        due: day('2026-12-20'),
        subtasks: [{ id: expect.any(String), title: 'Kisten beschriften', completedAt: '2026-11-27T16:20:00.000Z' }],
      },
      {
        title: 'Pflanzen gießen',
        due: at('2026-12-05', '18:00'),
        recurrence: repeats('FREQ=WEEKLY;BYDAY=SA;UNTIL=20270306T170000Z', '2026-12-05T18:00', [
          '2026-12-26T18:00',
          '2027-01-02T18:00',
        ]),
      },
    ],
    [`15: ${ONE_WORD}`, '15: a tag is one word: “Rechnung, Quittung” became Rechnung-Quittung'],
  )
})
