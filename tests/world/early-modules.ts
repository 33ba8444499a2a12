// What the page loads when it first needs it. Here it is loaded before the first world: import() then takes microtasks alone, and
// the first world of a process runs as every other.
import '../../src/client/state/open-documents.ts'
import '../../src/client/storage/give-back.ts'
import '../../src/client/storage/heal-words.ts'
import '../../src/client/storage/open-document.ts'
import '../../src/client/storage/read-words.ts'
import '../../src/client/storage/split-row.ts'
import '../../src/client/sync/start-sync.ts'
