package dev.axiomml.interop.pytorch.pickle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An opcode of pickle protocols 0 to 5, with what it does.
 *
 * @param name as Python's documentation has it
 * @param code its byte
 * @param step what it does
 */
record Opcode(String name, int code, Step step) {
  /** What an opcode does. */
  interface Step {
    void run(Machine machine);
  }

  private static final Step REFUSE =
      machine -> {
        throw Objects.refusal(machine);
      };

  private static final List<Opcode> ALL =
      List.of(
          new Opcode("MARK", '(', Machine::mark),
          new Opcode("POP", '0', Containers::pop),
          new Opcode("POP_MARK", '1', Machine::popToMark),
          new Opcode("DUP", '2', m -> m.push(m.top())),
          new Opcode("PROTO", 0x80, Scalars::protocol),
          new Opcode("FRAME", 0x95, Scalars::frame),
          new Opcode("STOP", '.', m -> {}),
          new Opcode("NONE", 'N', m -> m.push(new PyValue.None())),
          new Opcode("NEWTRUE", 0x88, m -> m.push(new PyValue.Bool(true))),
          new Opcode("NEWFALSE", 0x89, m -> m.push(new PyValue.Bool(false))),
          new Opcode("INT", 'I', Scalars::intLine),
          new Opcode("LONG", 'L', Scalars::longLine),
          new Opcode("BININT", 'J', m -> m.push(new PyValue.Int(m.in().signed32(m.site())))),
          new Opcode("BININT1", 'K', m -> m.push(new PyValue.Int(m.in().next(m.site())))),
          new Opcode("BININT2", 'M', m -> m.push(new PyValue.Int(m.in().unsigned16(m.site())))),
          new Opcode("LONG1", 0x8a, m -> Scalars.longBytes(m, m.in().next(m.site()))),
          new Opcode("LONG4", 0x8b, m -> Scalars.longBytes(m, m.in().signed32(m.site()))),
          new Opcode("FLOAT", 'F', Scalars::floatLine),
          new Opcode(
              "BINFLOAT", 'G', m -> m.push(new PyValue.Real(m.in().bigEndianDouble(m.site())))),
          new Opcode("STRING", 'S', Texts::quoted),
          new Opcode("BINSTRING", 'T', m -> Texts.latin1(m, m.in().signed32(m.site()))),
          new Opcode("SHORT_BINSTRING", 'U', m -> Texts.latin1(m, m.in().next(m.site()))),
          new Opcode("UNICODE", 'V', Texts::rawUnicode),
          new Opcode("BINUNICODE", 'X', m -> Texts.utf8(m, m.in().unsigned32(m.site()))),
          new Opcode("SHORT_BINUNICODE", 0x8c, m -> Texts.utf8(m, m.in().next(m.site()))),
          new Opcode("BINUNICODE8", 0x8d, m -> Texts.utf8(m, m.in().signed64(m.site()))),
          new Opcode("BINBYTES", 'B', m -> Texts.bytes(m, m.in().unsigned32(m.site()))),
          new Opcode("SHORT_BINBYTES", 'C', m -> Texts.bytes(m, m.in().next(m.site()))),
          new Opcode("BINBYTES8", 0x8e, m -> Texts.bytes(m, m.in().signed64(m.site()))),
          new Opcode("BYTEARRAY8", 0x96, m -> Texts.bytes(m, m.in().signed64(m.site()))),
          new Opcode("EMPTY_LIST", ']', m -> Containers.items(m, PyItems.Kind.LIST, 0)),
          new Opcode("EMPTY_TUPLE", ')', m -> Containers.items(m, PyItems.Kind.TUPLE, 0)),
          new Opcode("EMPTY_SET", 0x8f, m -> Containers.items(m, PyItems.Kind.SET, 0)),
          new Opcode("EMPTY_DICT", '}', m -> m.push(new PyDict())),
          new Opcode("TUPLE1", 0x85, m -> Containers.items(m, PyItems.Kind.TUPLE, 1)),
          new Opcode("TUPLE2", 0x86, m -> Containers.items(m, PyItems.Kind.TUPLE, 2)),
          new Opcode("TUPLE3", 0x87, m -> Containers.items(m, PyItems.Kind.TUPLE, 3)),
          new Opcode("TUPLE", 't', m -> Containers.marked(m, PyItems.Kind.TUPLE)),
          new Opcode("LIST", 'l', m -> Containers.marked(m, PyItems.Kind.LIST)),
          new Opcode("FROZENSET", 0x91, m -> Containers.marked(m, PyItems.Kind.SET)),
          new Opcode("DICT", 'd', Containers::dict),
          new Opcode("APPEND", 'a', m -> Containers.append(m, java.util.List.of(m.pop()))),
          new Opcode("APPENDS", 'e', m -> Containers.append(m, m.popToMark())),
          new Opcode("ADDITEMS", 0x90, m -> Containers.append(m, m.popToMark())),
          new Opcode("SETITEM", 's', Containers::setItem),
          new Opcode("SETITEMS", 'u', Containers::setItems),
          new Opcode("PUT", 'p', m -> m.remember(Scalars.index(m))),
          new Opcode("BINPUT", 'q', m -> m.remember(m.in().next(m.site()))),
          new Opcode("LONG_BINPUT", 'r', m -> m.remember(m.in().unsigned32(m.site()))),
          new Opcode("MEMOIZE", 0x94, Machine::memoize),
          new Opcode("GET", 'g', m -> m.push(m.recall(Scalars.index(m)))),
          new Opcode("BINGET", 'h', m -> m.push(m.recall(m.in().next(m.site())))),
          new Opcode("LONG_BINGET", 'j', m -> m.push(m.recall(m.in().unsigned32(m.site())))),
          new Opcode("GLOBAL", 'c', Objects::global),
          new Opcode("STACK_GLOBAL", 0x93, Objects::stackGlobal),
          new Opcode("REDUCE", 'R', Objects::reduce),
          new Opcode("NEWOBJ", 0x81, Objects::newObject),
          new Opcode("NEWOBJ_EX", 0x92, Objects::newObjectWithNames),
          new Opcode("BUILD", 'b', Objects::build),
          new Opcode("PERSID", 'P', Objects::persistentLine),
          new Opcode("BINPERSID", 'Q', Objects::persistent),
          new Opcode("INST", 'i', REFUSE),
          new Opcode("OBJ", 'o', REFUSE),
          new Opcode("EXT1", 0x82, REFUSE),
          new Opcode("EXT2", 0x83, REFUSE),
          new Opcode("EXT4", 0x84, REFUSE),
          new Opcode("NEXT_BUFFER", 0x97, REFUSE),
          new Opcode("READONLY_BUFFER", 0x98, REFUSE));

  private static final Map<Integer, Opcode> BY_CODE =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Opcode::code, Function.identity()));

  static Optional<Opcode> of(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  void run(Machine machine) {
    step.run(machine);
  }

  boolean isLast() {
    return code == '.';
  }
}
