package io.coppice.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a word of the language as a row of the catalogue. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Entry {

  /** What a word stands for. */
  enum Kind {
    METHOD,
    MODEL,
    DATA
  }

  Kind kind();

  /** One line of what it is. */
  String summary();

  /** Authors and year of the source, or empty. */
  String paper() default "";
}
