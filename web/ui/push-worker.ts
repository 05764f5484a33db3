import type { Door } from '#web/api/push.ts'

/**
 * Shows what is pushed and opens the page it is about. What arrives names nobody and quotes nobody (NT19): a title, a plain
 * sentence, an address of ours. The field door's own service worker takes this one along.
 */

type Notice = { title: string; body: string; url: string; tag: string; language: string }
type Extendable = Event & { waitUntil: (work: Promise<unknown>) => void }
type Pushed = Extendable & { data: { json: () => unknown } | null }
type Pressed = Extendable & { notification: Notification }
type Page = { url: string; focus: () => Promise<Page>; navigate: (url: string) => Promise<Page | null> }
type Worker = {
  addEventListener(type: 'push', run: (event: Pushed) => void): void
  addEventListener(type: 'notificationclick', run: (event: Pressed) => void): void
  registration: { showNotification: (title: string, options: NotificationOptions) => Promise<void> }
  clients: {
    matchAll: (which: { type: 'window'; includeUncontrolled: true }) => Promise<readonly Page[]>
    openWindow: (url: string) => Promise<Page | null>
  }
}
/** Closed in itself: the field door's worker runs it in its own scope, where no two names may meet. */
;((worker: Worker): void => {
  function noticeIn(event: Pushed): Partial<Notice> {
    try {
      return (event.data?.json() ?? {}) as Partial<Notice>
    } catch {
      // Not from us, or cut off: the browser says in its own words that something came.
      return {}
    }
  }

  worker.addEventListener('push', (event) => {
    const { title, body = '', url = '/', tag = '', language = 'zh-CN' } = noticeIn(event)
    if (!title) return
    // The same notice again replaces the one that is shown, in silence.
    event.waitUntil(
      worker.registration.showNotification(title, {
        body,
        tag,
        lang: language,
        data: url,
        icon: '/field/icon-192.png',
      }),
    )
  })

  /** A page of the same door comes to the front and goes there; otherwise a new one opens. */
  async function open(address: string): Promise<void> {
    const { origin, pathname, href } = new URL(address, location.origin)
    if (origin !== location.origin) return
    const doorOf = (path: string): Door =>
      /^\/console(?:\/|$)/.test(path) ? 'console' : /^\/field(?:\/|$)/.test(path) ? 'field' : 'phone'
    const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
    const page = pages.find((one) => doorOf(new URL(one.url).pathname) === doorOf(pathname))
    if (!page) {
      await worker.clients.openWindow(href)
      return
    }
    const front = await page.focus()
    if (front.url !== href) await front.navigate(href).catch(() => worker.clients.openWindow(href))
  }

  worker.addEventListener('notificationclick', (event) => {
    event.notification.close()
    event.waitUntil(open(String(event.notification.data)))
  })
})(globalThis as unknown as Worker)
