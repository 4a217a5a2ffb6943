/** What the days to choose from take in px, with a time, its zone and the button that sets them. */
export const DUE_ROOM = { width: 296, height: 644 }
