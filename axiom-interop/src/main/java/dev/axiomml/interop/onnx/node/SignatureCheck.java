package dev.axiomml.interop.onnx.node;

import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.node.OnnxSignature.Formal;
import dev.axiomml.interop.onnx.node.OnnxSignature.Presence;
import dev.axiomml.interop.onnx.node.OnnxSignature.Setting;
import dev.axiomml.interop.onnx.proto.AttributeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a node to what ONNX says of its operator in the operator set that the file names: how many
 * operands and results, which settings, which element types. It comes before any rule.
 */
public final class SignatureCheck {
  private final OnnxNodeContext at;
  private final OnnxSignature signature;

  private SignatureCheck(OnnxNodeContext at, OnnxSignature signature) {
    this.at = at;
    this.signature = signature;
  }

  /** Refuses a node that its operator's signature does not allow. */
  public static void check(OnnxNodeContext at) {
    Optional<OnnxSignature> found =
        OnnxSignature.of(OnnxFile.domain(at.node()), at.op(), at.version());
    if (found.isPresent()) {
      SignatureCheck check = new SignatureCheck(at, found.get());
      check.operands();
      check.results();
      check.settings();
      check.types();
    }
  }

  private String since() {
    return at.op() + " of opset " + signature.since();
  }

  private void operands() {
    for (int i = 0; i < Math.max(at.operands(), signature.in().size()); i++) {
      Optional<Formal> formal = OnnxSignature.at(signature.in(), i);
      if (formal.isEmpty()) {
        throw at.refuse(
            "operand " + i + " of " + at.op() + " is one too many",
            since() + " takes " + signature.in().size());
      }
      boolean needed =
          formal.get().presence() == Presence.REQUIRED
              || (formal.get().repeats() && i < at.operands() && !holes());
      if (needed && !at.has(i)) {
        throw at.refuse(
            "operand " + i + ", " + formal.get().name() + ", is missing", since() + " needs it");
      }
    }
  }

  /** Custom functions put holes where an operand of theirs was left out. */
  private boolean holes() {
    return signature.in().get(signature.in().size() - 1).presence() == Presence.REPEATED_ANY;
  }

  private void results() {
    int most = signature.out().size();
    if (at.results() > most && OnnxSignature.at(signature.out(), at.results() - 1).isEmpty()) {
      throw at.refuse(
          at.results() + " results of " + at.op(), since() + " has " + most + " at most");
    }
  }

  private void settings() {
    Set<String> stated = new HashSet<>();
    for (AttributeProto attribute : at.node().getAttributeList()) {
      String name = attribute.getName();
      if (!stated.add(name)) {
        throw at.refuse("attribute " + name + " is stated twice", "an attribute has one value");
      }
      Setting setting = signature.settings().get(name);
      if (setting == null && !IgnoredAttributes.isInternal(name)) {
        throw at.refuse(
            "unknown attribute " + name,
            since() + " has " + signature.settings().keySet().stream().sorted().toList());
      }
      if (setting != null) {
        kind(attribute, setting);
      }
    }
  }

  /** Whether an attribute says no more than its default. */
  static boolean isUsual(OnnxNodeContext at, String name) {
    return OnnxSignature.of(OnnxFile.domain(at.node()), at.op(), at.version())
        .map(signature -> signature.settings().get(name))
        .filter(
            setting ->
                at.node().getAttributeList().stream()
                    .anyMatch(a -> a.getName().equals(name) && setting.isUsual(a)))
        .isPresent();
  }

  /** Refuses a node without a setting that has no default, after its rule had its own say. */
  public static void stated(OnnxNodeContext at) {
    OnnxSignature.of(OnnxFile.domain(at.node()), at.op(), at.version())
        .ifPresent(
            signature ->
                signature.settings().forEach((name, setting) -> stated(at, name, setting)));
  }

  private static void stated(OnnxNodeContext at, String name, Setting setting) {
    if (setting.required() && !at.attributes().has(name)) {
      throw at.refuse("attribute " + name + " is missing", at.op() + " has no default for it");
    }
  }

  /** Files of the first IR versions do not say which kind an attribute is. */
  private void kind(AttributeProto attribute, Setting setting) {
    String stated = attribute.getType();
    if (!stated.equals("UNDEFINED") && !stated.equals(setting.kind())) {
      throw at.refuse(
          "attribute " + attribute.getName() + " is " + stated,
          since() + " takes " + setting.kind() + " for it");
    }
  }

  private void types() {
    Map<String, String> bound = new HashMap<>();
    for (int i = 0; i < at.operands(); i++) {
      Optional<Formal> formal = OnnxSignature.at(signature.in(), i);
      if (at.has(i) && formal.isPresent()) {
        type(formal.get(), i, bound);
      }
    }
  }

  private void type(Formal formal, int i, Map<String, String> bound) {
    String actual = name(at.operand(i).type());
    Set<String> allowed =
        signature.types().getOrDefault(formal.type(), Set.of(plain(formal.type())));
    if (!allowed.contains(actual) && !allowed.contains("optional")) {
      throw at.refuse(
          at.op() + " of " + at.operand(i).type() + " as operand " + i + ", " + formal.name(),
          since() + " takes " + allowed.stream().sorted().toList());
    }
    boolean free = formal.presence() == Presence.REPEATED_ANY || bundle(actual);
    String before = free ? null : bound.putIfAbsent(formal.type(), actual);
    if (before != null && !before.equals(actual)) {
      throw at.refuse(
          at.op() + " of " + at.operand(i).type() + " as operand " + i + ", " + formal.name(),
          "operands of type "
              + formal.type()
              + " of "
              + since()
              + " are all alike, here "
              + before);
    }
  }

  private static boolean bundle(String type) {
    return List.of("seq", "optional").contains(type);
  }

  private static String plain(String type) {
    int bracket = type.indexOf('(');
    return bracket < 0 ? type : type.substring(0, bracket);
  }

  private static String name(Type type) {
    if (type instanceof Type.OfSequence) {
      return "seq";
    }
    if (type instanceof Type.OfOptional) {
      return "optional";
    }
    return OnnxElementTypes.name(type.dtype()).toLowerCase(Locale.ROOT);
  }
}
