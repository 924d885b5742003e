"""Addresses of the room. Finnish, since people quote them."""

from __future__ import annotations

from django.urls import path

from kirjaamo.tos.pages import drafts, exports, imports, packages, public, reports, review, revision, tree

WORK = "tyo/suunnitelma/"

urlpatterns = [
    path("suunnitelma/", public.plan_public, name="plan_public"),
    path("suunnitelma/<slug:slug>/", public.class_public, name="plan_class_public"),
    path(WORK, tree.plan, name="plan"),
    path(f"{WORK}luonnokset/", tree.drafts, name="plan_drafts"),
    path(f"{WORK}uusi/", drafts.new_class, name="plan_new_class"),
    path(f"{WORK}luokka/<slug:slug>/", revision.by_code, name="plan_class"),
    path(f"{WORK}versio/<int:pk>/", revision.revision, name="plan_revision"),
    path(f"{WORK}versio/<int:pk>/historia/", revision.history, name="plan_history"),
    path(f"{WORK}versio/<int:pk>/tuloste/", revision.printed, name="plan_print"),
    path(f"{WORK}versio/<int:pk>/muutokset/<int:other>/", review.changes, name="plan_difference"),
    path(f"{WORK}versio/<int:pk>/luonnos/", drafts.start, name="plan_draft"),
    path(f"{WORK}versio/<int:pk>/luokan-tiedot/", drafts.edit_class, name="plan_edit_class"),
    path(f"{WORK}versio/<int:pk>/kohta/<int:node>/", drafts.edit_node, name="plan_edit_node"),
    path(f"{WORK}versio/<int:pk>/kohta/<int:node>/<str:act>/", drafts.change_node, name="plan_change_node"),
    path(f"{WORK}versio/<int:pk>/lisaa/", drafts.add_node, name="plan_add_node"),
    path(f"{WORK}versio/<int:pk>/kopioi/", drafts.copy_process, name="plan_copy_process"),
    path(f"{WORK}versio/<int:pk>/poista/", drafts.discard, name="plan_discard"),
    path(f"{WORK}versio/<int:pk>/tarkastus/", review.review, name="plan_review"),
    path(f"{WORK}versio/<int:pk>/laheta/", review.submit, name="plan_submit"),
    path(f"{WORK}versio/<int:pk>/palauta/", review.reject, name="plan_reject"),
    path(f"{WORK}versio/<int:pk>/hyvaksy/", review.approve, name="plan_approve"),
    path(f"{WORK}versio/<int:pk>/kommentoi/", review.comment, name="plan_comment"),
    path(f"{WORK}versio/<int:pk>/kommentti/<int:remark>/", review.resolve, name="plan_resolve"),
    path(f"{WORK}versio/<int:pk>/poista-kaytosta/", review.retire, name="plan_retire"),
    path(f"{WORK}paketit/", packages.packages, name="plan_packages"),
    path(f"{WORK}paketit/<int:pk>/", packages.package, name="plan_package"),
    path(f"{WORK}paketit/<int:pk>/<str:act>/", packages.act, name="plan_package_act"),
    path(f"{WORK}tuonnit/", imports.imports, name="plan_imports"),
    path(f"{WORK}tuonnit/<int:pk>/", imports.one_import, name="plan_import"),
    path(f"{WORK}raportit/", reports.reports, name="plan_reports"),
    path(f"{WORK}julkaise/", reports.publish, name="plan_publish"),
    path(f"{WORK}vienti/suunnitelma.<str:form>", exports.whole, name="plan_export"),
    path(f"{WORK}versio/<int:pk>/vienti/luokka.<str:form>", exports.one, name="plan_export_class"),
]
