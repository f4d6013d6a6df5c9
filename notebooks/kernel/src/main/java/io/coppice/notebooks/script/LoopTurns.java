package io.coppice.notebooks.script;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Lets every loop of a class call {@link ScriptThread#turn} before it turns. */
final class LoopTurns extends ClassVisitor {

  private LoopTurns(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  /** The class with the calls; as it is where it is of a Java newer than this library knows. */
  static byte[] in(byte[] bytes) {
    try {
      ClassReader reader = new ClassReader(bytes);
      ClassWriter writer = new ClassWriter(reader, 0);
      reader.accept(new LoopTurns(writer), 0);
      return writer.toByteArray();
    } catch (IllegalArgumentException e) {
      return bytes;
    }
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    return new MethodVisitor(Opcodes.ASM9, next) {
      private final Set<Label> passed = new HashSet<>();

      @Override
      public void visitLabel(Label label) {
        passed.add(label);
        super.visitLabel(label);
      }

      @Override
      public void visitJumpInsn(int opcode, Label target) {
        if (passed.contains(target)) {
          super.visitMethodInsn(
              Opcodes.INVOKESTATIC, Type.getInternalName(ScriptThread.class), "turn", "()V", false);
        }
        super.visitJumpInsn(opcode, target);
      }
    };
  }
}
