// Who else is here.
let company = null;
function showCompany() {
  const here = $("#here");
  if (!here || !company) return;
  here.innerHTML = company.shown;
  here.setAttribute("aria-label", company.names.length ? "Also here: " + company.names.join(", ") : "Nobody else is here");
}
