package io.coppice.framework.recipe;

/**
 * A recipe that cannot be run: one line that names the parameter, its value and what is allowed.
 */
public final class RecipeException extends IllegalArgumentException implements Explained {

  public RecipeException(String message) {
    super(message);
  }

  /** Says "{@code parameter} is {@code value}; allowed: {@code allowed}". */
  public static RecipeException of(String parameter, Object value, String allowed) {
    return new RecipeException(parameter + " is " + value + "; allowed: " + allowed);
  }
}
