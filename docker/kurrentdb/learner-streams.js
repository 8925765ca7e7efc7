// A projection for KurrentDB, for people who read the log with its own tools: links each event of the log into the stream of its learner,
// `concordat-learner-…`. The broker neither needs nor reads these streams. Payloads stay sealed; names of streams tell of nobody.
//
// To install: start the server with RunProjections=All; in its admin UI choose Projections, New Projection, mode Continuous, Emit Enabled,
// and paste this file. Deleting the projection with its emitted streams leaves the log untouched.
/* global fromStream, linkTo */

// The stream that holds the log, as the broker was told.
const LOG = 'concordat-local';

// Entries that go together (metadata `part`: which, of how many) count once the last has directly followed the others, and never where
// something came between: until then they are kept in the projection's state.
const continues = ({ of, waiting }, part) => part && part[0] === waiting.length && (part[0] === 0 || part[1] === of);

const link = ({ number, stream }) => {
  if (stream) linkTo(`concordat-${stream}`, { sequenceNumber: number, streamId: LOG });
};

fromStream(LOG).when({
  $init: function () {
    return { of: 0, waiting: [] };
  },
  $any: function (state, entry) {
    const { part, stream } = JSON.parse(entry.metadataRaw || '{}');
    const found = { number: entry.sequenceNumber, stream: stream && stream.startsWith('learner-') ? stream : null };
    if (!continues(state, part)) state = { of: 0, waiting: [] };
    if (!part) link(found);
    else if (continues(state, part)) state = { of: part[1], waiting: [...state.waiting, found] };
    if (state.waiting.length > 0 && state.waiting.length === state.of) {
      state.waiting.forEach(link);
      return { of: 0, waiting: [] };
    }
    return state;
  },
});
