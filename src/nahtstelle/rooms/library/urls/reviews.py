"""Addresses of reviews, below /bibliothek/sichtungen/."""

from django.urls import path

from ..views import conflicts, pools, results, reviews, screening

urlpatterns = [
    path("", reviews.reviews, name="reviews"),
    path("neu/", reviews.new_review, name="review-new"),
    path("<slug:slug>/", reviews.review, name="review"),
    path("<slug:slug>/aendern/", reviews.edit, name="review-edit"),
    path("<slug:slug>/kriterien/", reviews.criteria, name="review-criteria"),
    path("<slug:slug>/team/", reviews.team, name="review-team"),
    path("<slug:slug>/schritt/", reviews.step, name="review-step"),
    path("<slug:slug>/schliessen/", reviews.close, name="review-close"),
    path("<slug:slug>/quellen/", pools.sources, name="review-sources"),
    path("<slug:slug>/quellen/werke/", pools.add_works, name="review-add-works"),
    path("<slug:slug>/vorwissen/", pools.priors, name="review-priors"),
    path("<slug:slug>/vorwissen/tabelle/", pools.labels, name="review-labels"),
    path("<slug:slug>/werke/", pools.items, name="review-works"),
    path("<slug:slug>/werke/<int:place>/", pools.item, name="review-work"),
    path("<slug:slug>/sichten/<str:stage>/", screening.screen, name="screen"),
    path("<slug:slug>/sichten/<str:stage>/zurueck/", screening.screen_back, name="screen-back"),
    path("<slug:slug>/sichten/<str:stage>/<int:place>/", screening.screen_work, name="screen-work"),
    path("<slug:slug>/volltexte/<int:pk>/", screening.full_text, name="review-full-text"),
    path("<slug:slug>/konflikte/", conflicts.conflicts, name="conflicts"),
    path("<slug:slug>/konflikte/<str:stage>/<int:place>/", conflicts.conflict, name="conflict"),
    path("<slug:slug>/uebereinstimmung/", conflicts.agreement, name="review-agreement"),
    path("<slug:slug>/genug/", results.stopping, name="review-stopping"),
    path("<slug:slug>/protokoll/", results.log, name="review-log"),
    path("<slug:slug>/protokoll.csv", results.log_csv, name="review-log-csv"),
    path("<slug:slug>/protokoll.json", results.log_json, name="review-log-json"),
    path("<slug:slug>/nachrechnen/", results.replaying, name="review-replay"),
    path("<slug:slug>/fluss/", results.flow, name="review-flow"),
    path("<slug:slug>/fluss.svg", results.flow_svg, name="review-flow-svg"),
    path("<slug:slug>/fluss.csv", results.flow_csv, name="review-flow-csv"),
    path("<slug:slug>/ergebnis/", results.results, name="review-results"),
    path("<slug:slug>/ergebnis.<str:ending>", results.export, name="review-export"),
]
