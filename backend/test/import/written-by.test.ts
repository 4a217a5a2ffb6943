import { test } from 'vitest'
import { options } from './calendar-text.ts'
import { METERS, MOVE, ONE_WORD, OWN_NAME, at, before, day, expectImport, repeats } from './written-by.ts'

const OWN_LIST = 'the tasks go into the list that you chose: nothing about the calendar is kept'
const STAMP = 'it is the minute in which the file was written: the task has no start'

test('calcurse: appointments with their bells, and to-dos with notes, neither with a UID', () => {
  const notes =
    'Zählerstände vorher ablesen: Strom, Gas, Wasser. Die Schlüssel gehen an Frau Nyström, zwei für die Haustür und einer für den Keller; der Rest bleibt beim Hausmeister.\n- Kisten beschriften\n- Kühlschrank abtauen; Gefrierfach leeren'
  expectImport(
    'calcurse',
    [
      { title: 'Miete überweisen', due: day('2027-01-31'), recurrence: repeats('FREQ=MONTHLY', '2027-01-31') },
      { title: 'Plätzchen backen', due: day('2026-12-24') },
      {
        title: 'Jour fixe mit Zoë',
        notes: 'Lasts: 45 min',
        due: at('2026-12-07', '09:30'),
        recurrence: repeats('FREQ=WEEKLY;UNTIL=20270301T093000', '2026-12-07T09:30', [
          '2026-12-21T09:30',
          '2026-12-28T09:30',
        ]),
        reminders: [before(5)],
      },
      {
        title: 'Wohnungsübergabe in der Lindenstraße',
        notes: `${notes}\n\nLasts: 1 h 30 min`,
        due: at('2026-12-18', '14:00'),
      },
      { title: 'Umzug vorbereiten', notes, priority: 'high' },
      { title: 'Fahrrad zur Werkstatt bringen; Licht prüfen' },
      { title: 'Briefmarken kaufen', priority: 'low' },
      { title: 'Bücher sortieren' },
      { title: 'Steuererklärung abgeben', priority: 'high', completedAt: options.now.toISOString() },
    ],
    [],
  )
})

test('Org mode: a task without a date has none, though its file gives it the minute of the export', () => {
  expectImport(
    'org-mode',
    [
      {
        title: 'Heizung warten lassen',
        notes:
          'Der Techniker von Nyström & Söhne kommt zwischen 14 und 16 Uhr; vorher\nden Keller aufräumen, die Rechnung vom letzten Jahr heraussuchen und\nnach dem Druck fragen.\n\nLocation: Lindenstraße 7, Keller',
        priority: 'high',
        tags: ['Wohnung', 'plans'],
        due: at('2026-12-15', '14:30'),
      },
      { title: 'Pflanzen gießen', tags: ['plans'], due: day('2026-12-05') },
      {
        title: 'Jahresbericht schreiben',
        notes: 'Starts: 2026-12-07 09:00',
        priority: 'low',
        tags: ['plans'],
        due: day('2026-12-20'),
      },
      {
        title: 'Päckchen abschicken',
        tags: ['plans'],
        due: day('2026-11-28'),
        completedAt: '2026-11-29T12:25:32.000Z',
      },
      {
        title: 'Konzert mit Zoë',
        notes: '<2026-12-12 Sat 20:00>–<2026-12-12 Sat 22:30>\n\nLasts: 2 h 30 min',
        tags: ['Kultur', 'plans'],
        due: at('2026-12-12', '20:00'),
        reminders: [before(30)],
      },
      {
        title: 'Chorprobe im Gemeindehaus',
        notes: '<2026-12-09 Wed 19:30 +1w>–<2026-12-09 Wed 21:00 +1w>\n\nLasts: 1 h 30 min',
        tags: ['plans'],
        due: at('2026-12-09', '19:30'),
        recurrence: repeats('FREQ=WEEKLY;INTERVAL=1', '2026-12-09T19:30'),
        reminders: [before(30)],
      },
      { title: 'Bücherei: Leihfrist endet', notes: '<2026-12-30 Wed>', tags: ['plans'], due: day('2026-12-30') },
      { title: 'Umzug vorbereiten', tags: ['plans'] },
      { title: 'Kisten beschriften', tags: ['plans'] },
      { title: 'Kühlschrank abtauen', tags: ['plans'] },
    ],
    [
      `3: ${OWN_NAME}`,
      `6: ${OWN_LIST}`,
      `11: ${STAMP}`,
      `47: ${STAMP}`,
      `96: ${STAMP}`,
      `106: ${STAMP}`,
      `116: ${STAMP}`,
    ],
  )
})

test('Org mode in New York: EST is the clock of the person, with its summer time', () => {
  const due = (date: string, time: string) => at(date, time, 'America/New_York')
  expectImport(
    'org-mode-new-york',
    [
      { title: 'Call the landlord', tags: ['plans'], due: due('2027-07-08', '09:00') },
      { title: 'Sort the books', tags: ['plans'] },
      {
        title: 'Choir practice',
        notes: '<2027-01-12 Tue 18:30 +1w>–<2027-01-12 Tue 20:00 +1w>\n\nLasts: 1 h 30 min',
        tags: ['plans'],
        due: due('2027-01-12', '18:30'),
        recurrence: repeats('FREQ=WEEKLY;INTERVAL=1', '2027-01-12T18:30'),
      },
    ],
    [`3: ${OWN_NAME}`, `6: ${OWN_LIST}`, `11: ${STAMP}`, `22: ${STAMP}`],
    'America/New_York',
  )
})

test('todoman: to-dos of one file each, laid together', () => {
  expectImport(
    'todoman',
    [
      {
        title: 'Heizung warten lassen',
        notes: 'Location: Lindenstraße 7, Keller',
        priority: 'high',
        tags: ['Wohnung', 'Große-Dinge'],
        due: at('2026-12-15', '14:30'),
      },
      {
        title: 'Jahresbericht schreiben',
        notes: 'Starts: 2026-12-07',
        priority: 'low',
        due: day('2026-12-20'),
      },
      { title: 'Umzug vorbereiten', notes: MOVE },
      { title: 'Päckchen abschicken', completedAt: '2026-11-29T12:25:57.000Z' },
    ],
    [`5: ${ONE_WORD}`],
  )
})

test('khal: events with zones, links and alarms, which repeat the notes', () => {
  expectImport(
    'khal',
    [
      {
        title: 'Jour fixe mit Zoë',
        notes: `${METERS}\n\nLocation: Zimmer 4, 2. Stock\nLasts: 45 min`,
        tags: ['Arbeit'],
        due: at('2026-12-07', '09:30'),
        recurrence: repeats('FREQ=WEEKLY;UNTIL=20270301T230000Z', '2026-12-07T09:30'),
        reminders: [before(15), before(1_440)],
      },
      {
        title: 'Konzert in New York',
        notes: 'Link: https://example.org/konzert\nLasts: 2 h 30 min',
        due: at('2026-12-12', '20:00', 'America/New_York'),
      },
      { title: 'Miete überweisen', due: day('2027-01-31'), recurrence: repeats('FREQ=MONTHLY', '2027-01-31') },
      { title: 'Plätzchen backen', notes: 'Lasts: 3 d', due: day('2026-12-24') },
    ],
    [],
  )
})

test('remind: a zone that is called CET is the clock of a person in Berlin', () => {
  expectImport(
    'remind',
    [
      {
        title: 'Jour fixe mit Zoë',
        notes: 'Lasts: 45 min',
        due: at('2026-12-07', '09:30'),
        recurrence: repeats('FREQ=WEEKLY;COUNT=13', '2026-12-07T09:30'),
        reminders: [before(10)],
      },
      {
        title: 'Heizung warten lassen',
        notes: 'at Lindenstraße 7, Keller\n\nLasts: 1 h 30 min',
        due: at('2026-12-15', '14:30'),
        reminders: [before(10)],
      },
      { title: 'Plätzchen backen', due: day('2026-12-24') },
      {
        title: 'Miete überweisen',
        due: day('2027-01-31'),
        recurrence: repeats('FREQ=DAILY;INTERVAL=31;COUNT=2', '2027-01-31'),
      },
    ],
    [],
  )
})

test.each(['America/New_York', 'Europe/Berlin'])(
  'remind in New York, read in %s: the zone EST has the summer time that the file gives it',
  (timeZone) => {
    const reminders = [before(10)]
    expectImport(
      'remind-new-york',
      [
        { title: 'Choir practice', due: at('2027-01-12', '18:30', 'America/New_York'), reminders },
        {
          title: 'Call the landlord',
          notes: 'Lasts: 1 h',
          due: at('2027-07-08', '09:00', 'America/New_York'),
          reminders,
        },
      ],
      [],
      timeZone,
    )
  },
)
