import type { Presence } from '../../shared/protocol/event-frames.ts'
import type { TabChannel } from '../storage/tab-channel.ts'
import type { ToldDay } from './live-events.ts'

interface Listening {
  scope: string
  listening: number
}
interface Hearing {
  presence(presence: Presence): void
  listening(listening: Listening): void
  day(told: ToldDay): void
  /** Has this tab the connection? */
  leads(): boolean
}
/** What the tab with the connection tells the others; `asks` = a tab is new and wants to hear all of it. */
interface LiveMessage {
  presence?: Presence
  listening?: Listening
  day?: ToldDay
  asks?: true
}

/** Who is there and how many listen, in this tab and in the others. Words need no message: storing them tells the tabs. */
export const createLiveTabs = (channel: TabChannel | null, hearing: Hearing) => {
  const presenceByScope = new Map<string, Presence>()
  const listeningByScope = new Map<string, Listening>()
  const dayByStop = new Map<string, ToldDay>()

  const post = (message: LiveMessage): void => {
    try {
      channel?.post(message)
    } catch {
      // closed under a dying page
    }
  }
  const take = ({ presence, listening, day }: LiveMessage): void => {
    if (day) {
      dayByStop.set(day.day.stop, day)
      hearing.day(day)
    }
    if (presence) {
      presenceByScope.set(presence.scope, presence)
      hearing.presence(presence)
    }
    if (listening) {
      listeningByScope.set(listening.scope, listening)
      hearing.listening(listening)
    }
  }
  const tell = (message: LiveMessage): void => {
    take(message)
    post(message)
  }

  channel?.listen((message) => {
    const { asks, presence, listening, day } = Object(message) as LiveMessage
    take({ ...(presence && { presence }), ...(listening && { listening }), ...(day && { day }) })
    if (!asks || !hearing.leads()) return
    for (const one of presenceByScope.values()) post({ presence: one })
    for (const one of listeningByScope.values()) post({ listening: one })
    for (const one of dayByStop.values()) post({ day: one })
  })
  post({ asks: true })

  return {
    presence: (presence: Presence): void => tell({ presence }),
    listening: (listening: Listening): void => tell({ listening }),
    day: (day: ToldDay): void => tell({ day }),
    nobodyListens: (): void => {
      for (const { scope } of listeningByScope.values())
        tell({ listening: { scope, listening: 0 } })
    },
    nobodyIsThere: (): void => {
      for (const scope of presenceByScope.keys()) tell({ presence: { scope, present: [] } })
    },
    close: (): void => channel?.close(),
  }
}
