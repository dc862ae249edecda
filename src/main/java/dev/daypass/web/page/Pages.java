package dev.daypass.web.page;

import dev.daypass.ssh.Bytes;
import dev.daypass.web.page.html.JtechooseGenerated;
import dev.daypass.web.page.html.JteconsentGenerated;
import dev.daypass.web.page.html.JtedeniedGenerated;
import dev.daypass.web.page.html.JtedoneGenerated;
import dev.daypass.web.page.html.JtefinishGenerated;
import dev.daypass.web.page.html.JtegoingGenerated;
import dev.daypass.web.page.html.JteproblemGenerated;
import dev.daypass.web.page.view.Choice;
import dev.daypass.web.page.view.Closing;
import dev.daypass.web.page.view.Consent;
import dev.daypass.web.page.view.Finish;
import dev.daypass.web.page.view.Going;
import dev.daypass.web.page.view.Trouble;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.function.Consumer;

/** The pages as HTML in UTF-8. Each value is escaped for the place where it stands. */
public final class Pages {
  private Pages() {}

  static Bytes choose(Choice view) {
    return html(out -> JtechooseGenerated.render(out, NoInterceptor.NONE, view));
  }

  public static Bytes going(Going view) {
    return html(out -> JtegoingGenerated.render(out, NoInterceptor.NONE, view));
  }

  static Bytes consent(Consent view) {
    return html(out -> JteconsentGenerated.render(out, NoInterceptor.NONE, view));
  }

  static Bytes finish(Finish view) {
    return html(out -> JtefinishGenerated.render(out, NoInterceptor.NONE, view));
  }

  static Bytes done(Closing view) {
    return html(out -> JtedoneGenerated.render(out, NoInterceptor.NONE, view));
  }

  static Bytes denied(Closing view) {
    return html(out -> JtedeniedGenerated.render(out, NoInterceptor.NONE, view));
  }

  static Bytes problem(Trouble view) {
    return html(out -> JteproblemGenerated.render(out, NoInterceptor.NONE, view));
  }

  /** What a template writes. */
  public static Bytes html(Consumer<HtmlTemplateOutput> template) {
    StringOutput text = new StringOutput();
    template.accept(new OwaspHtmlTemplateOutput(text));
    return Bytes.ofUtf8(text.toString().stripLeading());
  }
}
