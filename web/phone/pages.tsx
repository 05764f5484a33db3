import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { Screen } from '#web/ui/screen.tsx'
import { Loading } from '#web/ui/states.tsx'
import { HomePage } from './pages/home/home-page.tsx'
import { paths } from './paths.ts'

// Home comes with the first load, every other page when it is opened.
const SayPage = lazy(async () => ({ default: (await import('./pages/say/say-page.tsx')).SayPage }))
const SaidPage = lazy(async () => ({ default: (await import('./pages/say/said-page.tsx')).SaidPage }))
const MinePage = lazy(async () => ({ default: (await import('./pages/mine/mine-page.tsx')).MinePage }))
const FindPage = lazy(async () => ({ default: (await import('./pages/mine/find-page.tsx')).FindPage }))
const LogInPage = lazy(async () => ({ default: (await import('./pages/mine/log-in-page.tsx')).LogInPage }))
const LooksPage = lazy(async () => ({ default: (await import('./pages/mine/looks-page.tsx')).LooksPage }))
const NoticesPage = lazy(async () => ({
  default: (await import('./pages/notices/notices-page.tsx')).NoticesPage,
}))
const ContactPage = lazy(async () => ({
  default: (await import('./pages/notices/contact-page.tsx')).ContactPage,
}))
const RightsPage = lazy(async () => ({
  default: (await import('./pages/rights/rights-page.tsx')).RightsPage,
}))
const ErasedPage = lazy(async () => ({
  default: (await import('./pages/rights/erased-page.tsx')).ErasedPage,
}))
const RequestPage = lazy(async () => ({
  default: (await import('./pages/request/request-page.tsx')).RequestPage,
}))
const VisitPage = lazy(async () => ({
  default: (await import('./pages/visit/visit-page.tsx')).VisitPage,
}))
const WishesPage = lazy(async () => ({
  default: (await import('./pages/wishes/wishes-page.tsx')).WishesPage,
}))
const PeoplePage = lazy(async () => ({
  default: (await import('./pages/people/people-page.tsx')).PeoplePage,
}))

const StairwellPage = lazy(async () => ({
  default: (await import('./pages/people/stairwell-page.tsx')).StairwellPage,
}))

/** A new page starts at its top, and its heading is what the ear hears first. */
function useArrival(): void {
  const [location] = useLocation()
  useEffect(() => {
    scrollTo(0, 0)
  }, [location])
}

export function Pages() {
  const { t } = useTranslation()
  useArrival()
  return (
    <Suspense
      fallback={
        <Screen top={<header className="top" />}>
          <Loading />
        </Screen>
      }
    >
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Switch>
        <Route path={paths.home()}>
          <HomePage />
        </Route>
        <Route path={paths.say()}>
          <SayPage />
        </Route>
        <Route<{ id: string }> path={paths.said(':id')}>{({ id }) => <SaidPage id={id} />}</Route>
        <Route path={paths.mine()}>
          <MinePage />
        </Route>
        <Route<{ id: string }> path={paths.request(':id')}>{({ id }) => <RequestPage id={id} />}</Route>
        <Route path={paths.find()}>
          <FindPage />
        </Route>
        <Route path={paths.logIn()}>
          <LogInPage />
        </Route>
        <Route path={paths.people()}>
          <PeoplePage />
        </Route>
        <Route<{ code: string }> path={paths.stairwell(':code')}>
          {({ code }) => <StairwellPage code={code} />}
        </Route>
        <Route path={paths.notices()}>
          <NoticesPage />
        </Route>
        <Route path={paths.contact()}>
          <ContactPage />
        </Route>
        <Route path={paths.rights()}>
          <RightsPage />
        </Route>
        <Route<{ id: string }> path={paths.erased(':id')}>{({ id }) => <ErasedPage id={id} />}</Route>
        <Route<{ token: string }> path={paths.visit(':token')}>
          {({ token }) => <VisitPage token={token} />}
        </Route>
        <Route path={paths.wishes()}>
          <WishesPage />
        </Route>
        <Route path={paths.looks()}>
          <LooksPage />
        </Route>
        <Route>
          <Redirect to={paths.home()} />
        </Route>
      </Switch>
    </Suspense>
  )
}
