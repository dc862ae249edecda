package dev.daypass.web.page;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import java.util.Map;

/** What templates ask for where nothing is to be added to their tags. */
public enum NoInterceptor implements HtmlInterceptor {
  NONE;

  @Override
  public void onHtmlTagOpened(String tag, Map<String, Object> attributes, TemplateOutput output) {}

  @Override
  public void onHtmlTagClosed(String tag, TemplateOutput output) {}
}
