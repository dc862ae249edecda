package dev.daypass.web.body;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a form into fields: a name that is no list stands once. */
final class FormBody {
  private FormBody() {}

  static void read(byte[] body, RequestFields.Builder fields) throws BodyRefused {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (FormPairs.Pair pair : FormPairs.read(body)) {
      String name = fields.formName(pair.name());
      switch (fields.kind(name)) {
        case TEXT -> fields.text(name, pair.value());
        case TEXTS -> lists.computeIfAbsent(name, _ -> new ArrayList<>()).add(pair.value());
        case OBJECT -> throw BodyRefused.wrongType(name, RequestShape.Kind.OBJECT);
      }
    }
    for (Map.Entry<String, List<String>> list : lists.entrySet()) {
      fields.texts(list.getKey(), list.getValue());
    }
  }
}
