/** What the days to choose from take, in px. */
export const DUE_ROOM = { width: 296, height: 510 }
